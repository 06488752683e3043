# Earshot in one image: the server as it is in the repository, with the built web and widget.
#
#   docker build -t earshot .
#   docker run -p 4310:4310 -v earshot:/data earshot          with the embedded PostgreSQL, its data in the volume
#
# compose.yaml runs it beside a PostgreSQL of its own.
FROM node:24-bookworm-slim AS build
WORKDIR /earshot
COPY . .
RUN npm ci --include=dev --no-audit --no-fund
RUN node node_modules/vite/bin/vite.js build apps/web && node node_modules/vite/bin/vite.js build packages/widget

FROM node:24-bookworm-slim
ENV NODE_ENV=production EARSHOT_HOST=0.0.0.0 EARSHOT_DATA=/data
WORKDIR /earshot
COPY --from=build /earshot/package.json /earshot/package-lock.json ./
COPY --from=build /earshot/packages packages
COPY --from=build /earshot/apps apps
COPY --from=build /earshot/samples samples
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force && mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4310
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD node -e "fetch('http://127.0.0.1:4310/readyz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
CMD ["node", "apps/server/src/main.ts"]
