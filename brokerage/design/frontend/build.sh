#!/bin/sh
# Builds static/govuk in a temporary folder. Needs node and the npm registry; run by hand when the version changes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
to=$(cd "$here/../../../static/govuk" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/* "$work"
cd "$work"
npm install --ignore-scripts --no-audit --no-fund --no-package-lock
for part in staff public; do
  npx sass --no-source-map --style=compressed --load-path=. "$part.scss" \
    | sed -e 's#url([^)]*govuk-crest\.svg[^)]*)#none#g' > "$to/$part.css"
  node node_modules/esbuild/bin/esbuild "$part.mjs" --bundle --minify --format=esm --legal-comments=none --log-level=warning \
    | sed -e 's#//[\#@] sourceMappingURL=.*##' > "$to/$part.js"
done
if grep -El 'GDS Transport|url\(|sourceMappingURL' "$to"/*.css "$to"/*.js; then
  echo "These still name a font, an image or a map that is not shipped." >&2
  exit 1
fi
ls -l "$to"
