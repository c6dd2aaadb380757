#!/bin/sh
PATH="$(dirname "$0")/../node_modules/.bin:$PATH" exec node "$(dirname "$0")/test_broker_failure.ts" "$@"
