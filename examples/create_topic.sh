#!/bin/sh
exec node "$(dirname "$0")/create_topic.ts" "$@"
