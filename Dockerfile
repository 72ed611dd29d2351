# syntax=docker/dockerfile:1
# One image for every process of Valet; the command chooses which: node apps/api/src/main.ts,
# node apps/worker/src/main.ts or node apps/session-host/src/main.ts.
#
# It was never built where Valet is made (there is no container engine): it is linted, and
# packages/testkit/src/deployment-files.test.ts asserts what matters in it.
FROM node:24.21.0-bookworm-slim AS packages
RUN npm install --global pnpm@12.21.0
WORKDIR /srv/valet
COPY . .
# The workspace itself is shipped: `pnpm deploy` would copy our packages into node_modules, where
# Node refuses to strip their types. --filter-prod leaves out what only tests and the laptop need.
RUN --mount=type=cache,target=/pnpm-store \
    pnpm install --prod --frozen-lockfile --store-dir /pnpm-store --package-import-method copy \
    --filter-prod "@valet/api..." --filter-prod "@valet/worker..." --filter-prod "@valet/session-host..."

# Built beside them: what a build needs is not shipped.
FROM packages AS console
RUN --mount=type=cache,target=/pnpm-store \
    pnpm install --frozen-lockfile --store-dir /pnpm-store --package-import-method copy \
    --filter "@valet/console..." \
    && cd apps/console && node node_modules/vite/bin/vite.js build

FROM node:24.21.0-bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        ca-certificates chromium curl fonts-liberation fonts-noto-cjk fonts-noto-color-emoji \
        tigervnc-standalone-server tini \
    && rm -rf /var/lib/apt/lists/*
# A fixed number, so that files on volumes keep their owner from one image to the next.
RUN groupadd --gid 10001 valet \
    && useradd --uid 10001 --gid valet --create-home valet \
    && install --directory --owner valet --group valet /var/lib/valet/objects /var/lib/valet/state
ENV NODE_ENV=production
WORKDIR /srv/valet
COPY --from=packages /srv/valet .
COPY --from=console /srv/valet/apps/console/dist apps/console/dist
USER valet
EXPOSE 8180
ENTRYPOINT ["tini", "-s", "--"]
CMD ["node", "apps/api/src/main.ts"]
