# The command alone, from scratch: docker build -t dataset . && docker run --rm dataset demo --help
# Mount what it reads and writes: docker run --rm -v "$PWD:/work" dataset score pred.jsonl

FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags='-s -w -buildid=' -o /out/usr/bin/dataset ./cmd/dataset && mkdir -m 1777 /out/tmp /out/work

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/ /
WORKDIR /work
USER 65532
ENTRYPOINT ["/usr/bin/dataset"]
