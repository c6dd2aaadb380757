#!/bin/sh
PATH="$(dirname "$0")/../node_modules/.bin:$PATH" exec node "$(dirname "$0")/create_topic.ts" "$@"
