//! Blocks as a backend curriculum shows them, one language and one piece of code each.
//!
//! Input: nothing. Output: [`BLOCKS`]. Responsibility: what the tests of `highlight` measure.

/// `(language, code)`; about 300 bytes each, and the first five are the ones that were timed.
pub(super) const BLOCKS: &[(&str, &str)] = &[
    (
        "bash",
        r#"#!/usr/bin/env bash
set -euo pipefail

# Wait until the database answers, then migrate.
for attempt in $(seq 1 30); do
  if pg_isready -h "$DB_HOST" -p "${DB_PORT:-5432}"; then
    echo "ready after ${attempt} attempts"
    break
  fi
  sleep 1
done
exec alembic upgrade head | tee /var/log/migrate.log
"#,
    ),
    (
        "python",
        r#"from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/users/{user_id}")
async def read_user(user_id: int) -> User:
    """Return one user, or 404 when there is none."""
    user = await users.find(user_id)
    if user is None:
        raise HTTPException(status_code=404, detail=f"no user {user_id}")
    return user
"#,
    ),
    (
        "sql",
        r"-- The ten customers who spent the most this year.
SELECT c.name, SUM(o.total) AS spent
FROM customers AS c
JOIN orders AS o ON o.customer_id = c.id
WHERE o.created_at >= '2025-01-01'
  AND o.status <> 'cancelled'
GROUP BY c.id, c.name
HAVING SUM(o.total) > 1000
ORDER BY spent DESC
LIMIT 10;
",
    ),
    (
        "yaml",
        r#"services:
  api:
    build: .
    ports:
      - "8080:8080"
    environment:
      DATABASE_URL: postgres://app:secret@db:5432/app
    depends_on:
      db:
        condition: service_healthy
  db:
    image: postgres:16 # keep in step with production
    healthcheck:
      test: ["CMD", "pg_isready", "-U", "app"]
      interval: 5s
      retries: 10
"#,
    ),
    (
        "dockerfile",
        r#"# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN pip install --no-cache-dir uv && uv sync --frozen
COPY . .

FROM python:3.13-slim
COPY --from=build /app /app
ENV PORT=8080
EXPOSE 8080
USER nobody
CMD ["uvicorn", "app.main:app", "--host", "0.0.0.0"]
"#,
    ),
    (
        "bash",
        r#"# Issue a certificate and look at it.
openssl req -x509 -newkey rsa:4096 -nodes \
  -keyout key.pem -out cert.pem -days 365 \
  -subj "/CN=localhost"
openssl x509 -in cert.pem -noout -text | grep -A1 'Subject Alternative Name'
curl --cacert cert.pem https://localhost:8443/health
"#,
    ),
    (
        "sh",
        r"cat > /etc/systemd/system/api.service <<'UNIT'
[Unit]
Description=The API
After=network.target

[Service]
ExecStart=/usr/local/bin/api --port 8080
Restart=on-failure
UNIT
systemctl daemon-reload
systemctl enable --now api
journalctl -u api -f
",
    ),
    (
        "python",
        r#"import asyncio
from collections import defaultdict


class EventBus:
    """
    Publish and subscribe inside one process.
    """

    def __init__(self) -> None:
        self._handlers = defaultdict(list)

    def subscribe(self, topic, handler):
        self._handlers[topic].append(handler)

    async def publish(self, topic, event):
        await asyncio.gather(*(h(event) for h in self._handlers[topic]))
"#,
    ),
    (
        "py",
        r#"def test_transfer_is_atomic(session):
    alice = Account(owner="alice", balance=100)
    bob = Account(owner="bob", balance=0)
    session.add_all([alice, bob])
    session.commit()

    with pytest.raises(InsufficientFunds):
        transfer(session, alice, bob, amount=250)

    session.refresh(alice)
    assert alice.balance == 100
"#,
    ),
    (
        "sql",
        r"CREATE TABLE orders (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id BIGINT NOT NULL REFERENCES customers (id),
    total       NUMERIC(12, 2) NOT NULL CHECK (total >= 0),
    status      TEXT NOT NULL DEFAULT 'new',
    created_at  TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE INDEX orders_by_customer ON orders (customer_id, created_at DESC);
",
    ),
    (
        "postgresql",
        r"BEGIN;
UPDATE accounts SET balance = balance - 100 WHERE id = 1;
UPDATE accounts SET balance = balance + 100 WHERE id = 2;
/* Nobody else sees either row change
   before the next line. */
COMMIT;

EXPLAIN (ANALYZE, BUFFERS)
SELECT * FROM orders WHERE customer_id = 42;
",
    ),
    (
        "yaml",
        r"apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
spec:
  replicas: 3
  selector:
    matchLabels: { app: api }
  template:
    metadata:
      labels: { app: api }
    spec:
      containers:
        - name: api
          image: registry.example.com/api:1.4.2
          readinessProbe:
            httpGet: { path: /ready, port: 8080 }
",
    ),
    (
        "yml",
        r"name: test
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: '3.13'
      - run: |
          pip install -r requirements.txt
          pytest --maxfail=1
",
    ),
    (
        "json",
        r#"{
  "type": "https://api.example.com/problems/out-of-stock",
  "title": "The item is out of stock",
  "status": 409,
  "detail": "Item 0f8a was sold while it was in the basket.",
  "instance": "/orders/1729",
  "retryable": false,
  "alternatives": ["0f8b", "0f8c"]
}
"#,
    ),
    (
        "toml",
        r#"[project]
name = "bookshop"
version = "0.3.0"
requires-python = ">=3.12"
dependencies = [
    "fastapi>=0.115",
    "sqlalchemy[asyncio]>=2.0",
]

# One place for every tool.
[tool.ruff]
line-length = 100
preview = true

[tool.pytest.ini_options]
asyncio_mode = "auto"
"#,
    ),
    (
        "nginx",
        r"upstream api {
    least_conn;
    server 10.0.0.11:8080 max_fails=3 fail_timeout=10s;
    server 10.0.0.12:8080;
}

server {
    listen 443 ssl;
    server_name example.com;
    location /api/ {
        proxy_pass http://api;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }
}
",
    ),
    (
        "protobuf",
        r#"syntax = "proto3";

package shop.v1;

// Orders, as other services see them.
service Orders {
  rpc Get(GetOrderRequest) returns (Order);
  rpc Watch(WatchRequest) returns (stream OrderEvent);
}

message Order {
  string id = 1;
  repeated Line lines = 2;
  google.protobuf.Timestamp created_at = 3;
}
"#,
    ),
    (
        "hcl",
        r#"resource "aws_db_instance" "main" {
  identifier        = "bookshop-${var.environment}"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = var.instance_class
  allocated_storage = 50
  multi_az          = true

  # The password never appears in the state.
  manage_master_user_password = true
}
"#,
    ),
    (
        "typescript",
        r"interface Order {
  id: string;
  total: number;
  status: 'new' | 'paid' | 'shipped';
}

export async function loadOrder(id: string): Promise<Order> {
  const response = await fetch(`/api/orders/${id}`);
  if (!response.ok) {
    throw new Error(`order ${id}: ${response.status}`);
  }
  return response.json();
}
",
    ),
    (
        "js",
        r"import http from 'k6/http';
import { check, sleep } from 'k6';

export const options = { vus: 50, duration: '2m' };

// Each virtual user looks at one page a second.
export default function () {
  const res = http.get('https://staging.example.com/');
  check(res, { 'status is 200': (r) => r.status === 200 });
  sleep(1);
}
",
    ),
    (
        "go",
        r#"// Health answers while the process can serve.
func Health(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), time.Second)
		defer cancel()
		if err := db.PingContext(ctx); err != nil {
			http.Error(w, "database unreachable", 503)
			return
		}
		fmt.Fprintln(w, "ok")
	}
}
"#,
    ),
    (
        "rust",
        r"/// Reads one frame, or `None` at the end of the stream.
async fn read_frame(stream: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0_u8; 4];
    match stream.read_exact(&mut length).await {
        Ok(_) => {}
        Err(error) if error.kind() == UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let mut frame = vec![0; u32::from_be_bytes(length) as usize];
    stream.read_exact(&mut frame).await?;
    Ok(Some(frame))
}
",
    ),
    (
        "java",
        r#"@RestController
@RequestMapping("/orders")
public class OrderController {
    private final OrderService orders;

    /** Spring calls this with the one service it knows. */
    OrderController(OrderService orders) {
        this.orders = orders;
    }

    @GetMapping("/{id}")
    public ResponseEntity<Order> find(@PathVariable long id) {
        return ResponseEntity.of(orders.find(id));
    }
}
"#,
    ),
    (
        "kotlin",
        r#"data class Order(val id: String, val total: Long)

// Retries with a growing pause between attempts.
suspend fun <T> retry(times: Int, block: suspend () -> T): T {
    var pause = 100L
    repeat(times - 1) {
        try {
            return block()
        } catch (e: IOException) {
            println("retrying in $pause ms")
        }
        delay(pause)
        pause *= 2
    }
    return block()
}
"#,
    ),
    (
        "c",
        r#"#include <sys/epoll.h>
#include <stdio.h>

int main(void) {
    struct epoll_event events[64];
    int poller = epoll_create1(0);
    /* One thread, many sockets. */
    for (;;) {
        int ready = epoll_wait(poller, events, 64, -1);
        for (int i = 0; i < ready; i++) {
            printf("socket %d is readable\n", events[i].data.fd);
        }
    }
}
"#,
    ),
    (
        "cpp",
        r"#include <mutex>
#include <unordered_map>

template <typename Key, typename Value>
class Cache {
public:
    void put(const Key& key, Value value) {
        std::lock_guard<std::mutex> guard(mutex_);
        entries_[key] = std::move(value);
    }

private:
    std::mutex mutex_;  // guards entries_
    std::unordered_map<Key, Value> entries_;
};
",
    ),
    (
        "http",
        r#"POST /v1/orders HTTP/1.1
Host: api.example.com
Authorization: Bearer eyJhbGciOiJIUzI1NiJ9
Content-Type: application/json
Idempotency-Key: 6f1c2f4e-8a52-4f0e-9d63-0c1c58a1f1b7

{"item": "0f8a", "quantity": 2, "note": "leave it with the neighbour"}
"#,
    ),
    (
        "diff",
        r"diff --git a/app/main.py b/app/main.py
index 3c1f0aa..9b02d11 100644
--- a/app/main.py
+++ b/app/main.py
@@ -12,7 +12,7 @@ def create_app() -> FastAPI:
     app = FastAPI()
-    app.state.pool = create_pool()
+    app.state.pool = create_pool(max_size=20)
     return app
",
    ),
    (
        "ini",
        r"[Unit]
Description=The bookshop's API
After=network.target postgresql.service

; Systemd starts it again after a crash.
[Service]
User=bookshop
ExecStart=/usr/local/bin/bookshop --port 8080
Restart=on-failure
RestartSec=5
Environment=LOG_LEVEL=info

[Install]
WantedBy=multi-user.target
",
    ),
    (
        "lua",
        r"-- A sliding window in one round trip to Redis.
local key = KEYS[1]
local now = tonumber(ARGV[1])
local window = tonumber(ARGV[2])
redis.call('ZREMRANGEBYSCORE', key, 0, now - window)
local count = redis.call('ZCARD', key)
if count >= tonumber(ARGV[3]) then
  return 0
end
redis.call('ZADD', key, now, now)
redis.call('PEXPIRE', key, window)
return 1
",
    ),
    (
        "html",
        r#"<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Sign in</title>
    <!-- The token changes with every answer. -->
  </head>
  <body>
    <form method="post" action="/login">
      <input type="hidden" name="csrf_token" value="{{ token }}">
      <button>Sign in &amp; continue</button>
    </form>
  </body>
</html>
"#,
    ),
    (
        "css",
        r"/* Cards side by side, as many as fit. */
.cards {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr));
  gap: 1rem;
}

@media (prefers-color-scheme: dark) {
  .cards > a:hover {
    background: #1b1f24;
    color: var(--accent);
  }
}
",
    ),
    (
        "xml",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId>
  <artifactId>bookshop</artifactId>
  <!-- The parent brings the versions. -->
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>3.4.1</version>
  </parent>
</project>
"#,
    ),
    (
        "graphql",
        r#""""
A customer of the shop.
"""
type Customer {
  id: ID!
  name: String!
  # Newest first.
  orders(first: Int = 20, after: String): OrderConnection!
}

query LatestOrders($id: ID!) {
  customer(id: $id) {
    name
    orders(first: 5) {
      nodes { id total status }
    }
  }
}
"#,
    ),
    (
        "makefile",
        r".PHONY: test lint run

IMAGE ?= bookshop:$(shell git rev-parse --short HEAD)

# What the pipeline runs, in the same order.
test: lint
	pytest --cov=app --cov-report=term

lint:
	ruff check . && mypy app

run: image
	docker run --rm -p 8080:8080 $(IMAGE)

image:
	docker build -t $(IMAGE) .
",
    ),
    (
        "properties",
        r"# Kafka, as every service of the shop uses it.
bootstrap.servers=broker-1:9092,broker-2:9092
acks=all
enable.idempotence=true
max.in.flight.requests.per.connection=5
compression.type=zstd
linger.ms=20
key.serializer=org.apache.kafka.common.serialization.StringSerializer
",
    ),
    (
        "markdown",
        r"# ADR 7: one queue per consumer

## Context

Consumers *block each other* when they share a queue.
See [the incident](https://example.com/incidents/31).

## Decision

- Each consumer owns its queue.
- A message is **acknowledged** only after the commit.

Run `make queues` to create them.
",
    ),
    (
        "env",
        r#"# Never commit this file.
APP_ENV=development
DATABASE_URL=postgres://app:secret@localhost:5432/app
REDIS_URL="redis://localhost:6379/0"
JWT_PRIVATE_KEY_PATH=/run/secrets/jwt.pem
LOG_LEVEL=debug
"#,
    ),
];
