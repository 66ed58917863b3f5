# The reference server and the harness in one small image: `docker build -t cupping .`
#
# BASE is any image with Node 24 or later on its path; nothing else of it is used, not even a shell. npm fetches the
# dependencies, unless they lie ready in .docker/node_modules: `node deploy/docker/build-image.ts` puts them there, and
# makes a base where no registry can be reached.
ARG BASE=node:24-slim

FROM ${BASE} AS modules
WORKDIR /app
COPY package.json package-lock.json deploy/docker/install-modules.js .docker* ./
RUN ["node", "install-modules.js"]

FROM ${BASE}
WORKDIR /app
COPY --from=modules /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY bin ./bin
COPY codegen ./codegen
COPY server-ref ./server-ref
COPY harness ./harness
COPY scenarios ./scenarios
COPY reports ./reports
COPY proto ./proto
COPY deploy/docker/healthcheck.js ./deploy/docker/healthcheck.js
COPY deploy/slices ./deploy/slices
COPY --chown=1000:1000 deploy/docker/data /data
VOLUME /data
# A number, because a base image may have no list of users.
USER 1000:1000
ENV NODE_ENV=production
EXPOSE 8000 8001 18080
HEALTHCHECK --interval=2s --timeout=3s --retries=5 CMD ["node", "/app/deploy/docker/healthcheck.js"]
ENTRYPOINT ["node", "/app/bin/cupping.js"]
CMD ["serve", "--host", "0.0.0.0", "--store", "sqlite:/data/cupping.db"]
