# One image: the binary with its embedded database, able to speak TLS to PostgreSQL.
FROM rust:1.95-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends perl make && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY Cargo.toml Cargo.lock rust-toolchain.toml ./
COPY migrations migrations
COPY walls walls
COPY src src
RUN cargo build --release --locked --features tls && strip target/release/goaltree

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin goaltree \
    && install -d -o goaltree -g goaltree -m 0700 /data
COPY --from=build /build/target/release/goaltree /usr/local/bin/goaltree
USER goaltree
ENV GOALTREE_LISTEN=0.0.0.0:8080 GOALTREE_DATA=/data GOALTREE_LOG_FORMAT=json
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=6s --start-period=20s CMD ["goaltree", "healthcheck"]
ENTRYPOINT ["goaltree"]
CMD ["serve"]
