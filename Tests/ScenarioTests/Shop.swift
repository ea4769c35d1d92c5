import Scenario

/// Scenarios to read in tests.
enum Shop {
    /// A small valid scenario, of which tests change a part.
    static let small = """
        duration: 60s
        backends:
          sql:
            latency: 80ms
            operations:
              get_order: { returns: { productId: P7, lines: [a, b] } }
              get_top: { returns: { customers: { list: customer, count: 10 } } }
          rest: { latency: 10ms }
        caches:
          sales: { ttl: 60s }
        flows:
          report: [ call: sql.get_order ]
        clients:
          web: { flow: report, at: 0s }

        """

    /// Every part of the language at least once.
    static let full = """
        name: full
        seed: 42
        duration: 10m
        limits: { maxEvents: 500000 }
        network: { hop: { uniform: [1ms, 3ms] } }
        backends:
          sql:
            latency: 500ms
            concurrency: 20
            queue: 40
            errors: 0.5%
            hop: 2ms
            operations:
              get_order: { latency: 120ms, returns: { productId: P7, lines: [a, b], total: 12.5, paid: true } }
              get_top: { returns: { customers: { list: customer, count: 10 } } }
              create_order:
            faults:
              - { from: 20s, to: 40s, errors: 100% }
              - { from: 50s, to: 60s, down: true }
              - { from: 70s, to: 80s, added: 200ms }
              - { from: 90s, to: 100s, slow: 3x }
              - { from: 110s, hang: true }
          cosmos: { latency: { lognormal: { p50: 180ms, p99: 900ms } }, concurrency: unlimited }
          rest:
            latency: { normal: { mean: 80ms, deviation: 10ms } }
            errors: 5%
            answer: 503
            operations:
              stock:
              ship: { idempotent: false, updates: parcel }
              track: { reads: parcel }
            faults:
              - { from: 20s, to: 40s, errors: 100%, answer: { status: 429, retryAfter: 2s } }
              - { from: 50s, to: 60s, blackhole: true }
          a: { latency: { exponential: 10ms } }
          b: { latency: { pareto: { min: 10ms, shape: 1.5 } } }
          c: { latency: { weibull: { scale: 10ms, shape: 0.7 } } }
          d: { latency: { empirical: [10ms, 12ms, 900ms] } }
          e: { latency: { bimodal: { fast: 10ms, slow: { fixed: 2s }, oneIn: 100 } } }
        caches:
          sales: { ttl: 5m, latency: 1ms }
        policies:
          guarded:
            - fallback: { stale: 24h }
            - timeout: { total: 9s, connect: 500ms }
            - retry: { attempts: 4, backoff: exponential, base: 1s, factor: 2x, max: 10s, jitter: 20%,
                       on: [timeout, 5xx], retryAfter: honour, budget: { tokens: 10, ratio: 0.1 } }
            - breaker: { failures: 5, open: 30s, growth: 2x, maxOpen: 5m, trials: 1, like: pollyV7, state: auto }
            - rateLimit: { tokenBucket: { rate: 50/s, burst: 10 }, maxWait: 1s }
            - bulkhead: { concurrent: 20, queue: 40, full: reject, maxWait: 1s, order: fifo,
                          codel: { target: 5ms, interval: 100ms }, adaptive: { vegas: { min: 1, max: 200 } } }
            - timeout: 2s
            - hedge: { after: 100ms, copies: 1 }
          standard:
            order: resilience4j
            layers:
              - breaker: { ratio: 50%, window: 10, minimum: 5, slow: { after: 2s, ratio: 50% }, open: 10s }
              - retry: { retries: 2, backoff: none, budget: { share: 20%, perSecond: 10/s, ttl: 10s } }
              - hedge: 50ms
        flows:
          dashboard:
            - parallel: [ call: sql.get_order, call: { to: cosmos.analyze }, [ call: rest.stock, wait: 5ms ] ]
            - merge: concat
          order:
            - call: { to: sql.get_order, args: { id: 7 }, as: order }
            - parallel:
                - call: { to: rest.stock, args: { id: $order.productId }, as: stock }
                - call: { to: rest.ship, args: { note: "for ${order.productId}, $$5" }, as: shipping }
            - merge: { how: zip, of: [$stock, $shipping], as: all }
          top:
            - call: { to: sql.get_top, as: top }
            - forEach:
                in: $top.customers
                as: customer
                limit: 5
                do: [ call: { to: cosmos.analyze, args: { who: $customer } } ]
                save: behaviour
            - repeat: { times: 3, do: { wait: { exponential: 5ms } } }
          summary:
            - cache: { in: sales, key: "sales:today", ttl: 1m, do: [ call: sql.get_order ], as: sales }
            - invalidate: { in: sales, key: "sales:today" }
            - invalidate: { in: sales }
            - sequence: [ call: a.x, call: b.x ]
          careful:
            - call: { to: sql.get_order, with: guarded, idempotencyKey: true }
            - guard: { with: standard, do: [ call: rest.stock ] }
            - fallback: { do: [ call: cosmos.analyze ], value: { segments: [] }, as: behaviour }
            - fallback: { do: [ call: rest.stock ], or: [ call: rest.track ] }
        clients:
          web: { flow: dashboard, arrivals: { poisson: 20/s, ramps: [ { from: 10s, to: 20s, rate: 40/s } ],
                 spikes: [ { from: 60s, to: 70s, rate: 100/s } ] } }
          batch: { flow: order, arrivals: { rate: 30/m } }
          people: { flow: top, users: 10, think: 1s }
          once: { flow: summary, at: 0s }
          twice: { flow: summary, at: [0s, 2s] }
          herd: { flow: careful, at: 3s, times: 1000 }
        controls:
          - { set: backends.sql.concurrency, from: 10, to: 30, step: 10, label: { en: Slots, es: Plazas } }
          - { set: backends.sql.latency, from: 100ms, to: 500ms, step: 200ms, label: Latency }
          - { set: clients.people.think, values: [500ms, { exponential: 1s }] }
          - { set: policies.guarded.retry.jitter, values: [none, 20%, full, equal], labels: { full: All of it } }
          - { set: policies.standard.breaker.window, values: [10, 10s] }
        marks:
          - { at: 20s, label: { en: It breaks, es: Se rompe } }
        interventions:
          - { at: 12.4s, kill: cosmos }
          - { at: 15s, restore: cosmos }
          - { at: 3s, set: backends.sql.latency.fixed, to: 800ms }
          - { at: 4s, errors: 50%, on: rest, for: 10s }
          - { at: 5s, added: { fixed: 20ms }, on: rest }
          - { at: 6s, slow: 2x, on: a, for: 1s }
          - { at: 7s, down: true, on: b, for: 1s }
          - { at: 8s, hang: true, on: c }
          - { at: 9s, errors: 50%, on: rest, for: 10s, answer: { status: 429, retryAfter: 2s } }
          - { at: 10s, errors: 50%, on: sql, answer: reset }
          - { at: 11s, blackhole: true, on: d, for: 5s }
          - { at: 12s, set: policies.guarded.breaker.state, to: forcedOpen }
          - { at: 13s, set: policies.guarded.timeout2, to: 1s }

        """

    /// Every part of pools, caches and keys at least once.
    static let keyed = """
        duration: 60s
        backends:
          shop:
            latency: { exponential: 100ms }
            concurrency: 4
            operations: { get: { knows: { list: product, count: 100 } }, put: { knows: [product-1, "7"] }, page: {} }
            balancer:
              use: { ring: 160 }
              health: { every: 2s, timeout: 1s, rise: 2, fall: 3 }
              outliers: { consecutive: 5, interval: 10s, base: 30s, most: 300s, maxEjected: 10%, deviations: 1.9,
                          failures: 85%, minHosts: 5, minRequests: 100, like: envoy }
              panic: 50%
              slowStart: { window: 30s, aggression: 1 }
              subset: 3
            servers:
              s1: { weight: 3 }
              s2: { latency: 400ms, concurrency: unlimited, queue: 10, errors: 1%, answer: 503, hop: 1ms,
                    faults: [ { from: 1s, to: 2s, down: true } ] }
              s3: { joins: 20s, leaves: 40s }
              s4: { member: false }
          many: { latency: 5ms, servers: { count: 10, many-3: { weight: 2 } }, balancer: twoChoices }
          few: { balancer: { use: leastConnections, health: none, slowStart: 5s },
                 servers: { f1: { latency: 1ms }, f2: { latency: 2ms } } }
        caches:
          sales: { ttl: 5m, latency: 1ms }
          products: { ttl: 60s, ttlJitter: 10%, latency: 1ms, capacity: 100, eviction: sieve, writes: back,
                      flush: { every: 5s, batch: 100, retry: 1s }, coalesce: true, refreshAhead: 20%, staleFor: 30s,
                      early: 1 }
        keys:
          product: { zipf: 0.8, count: 1000 }
          any: { uniform: 1000 }
          users: [user-1, user-1, user-2]
          night: scan
          round: { loop: 120 }
          trends: { hotspot: { count: 1000, hot: 10, share: 90%, every: 10s } }
        flows:
          keyed:
            - cache: { in: products, key: $key, weight: 1, tags: [catalogue, $key], do: { call: shop.get } }
            - write: { in: products, key: $key, value: { price: 5 }, weight: 2, tags: [catalogue],
                       do: { call: shop.put } }
            - invalidate: { in: products, keys: ["list", "orders:$key"] }
            - invalidate: { in: products, pattern: "orders:*", event: ProductUpdated, after: 50ms }
            - invalidate: { in: products, tag: catalogue }
            - call: { to: shop.page, key: "page:$key" }
            - parallel: [ call: many.get, call: few.get ]
        clients:
          readers: { flow: keyed, keys: product, arrivals: { poisson: 10/s } }
          crawler: { flow: keyed, keys: night, users: 1, think: 1s }
        controls:
          - { set: backends.shop.balancer.use, values: [roundRobin, ring, { maglev: 101 }] }
          - { set: backends.shop.servers.s1.weight, from: 1, to: 3 }
        interventions:
          - { at: 14s, crash: products }
          - { at: 14s, restart: sales }
          - { at: 15s, join: s4 }
          - { at: 15s, leave: many-3 }
          - { at: 16s, kill: s2 }
          - { at: 17s, slow: 4x, on: many-10, for: 5s }
          - { at: 18s, set: backends.shop.servers.s3.member, to: true }
          - { at: 18s, set: backends.many.servers.many-7.latency, to: 1s }

        """

    /// The small scenario with a part or two replaced and something added to its end.
    static func changed(
        _ part: String = "", to new: String = "", and second: String = "", to other: String = "",
        adding end: String = ""
    ) -> String {
        var text = small
        if let range = text.firstRange(of: part) { text.replaceSubrange(range, with: new) }
        if let range = text.firstRange(of: second) { text.replaceSubrange(range, with: other) }
        return text + end
    }

    /// The small scenario with other steps in its flow.
    static func flow(_ steps: String) -> String { changed("call: sql.get_order", to: steps) }

    /// What people are told about a scenario; empty when it can be read.
    static func problems(_ yaml: String, file: String = "shop.yaml") -> String {
        do {
            _ = try ScenarioDocument(yaml: yaml, file: file)
            return ""
        } catch {
            return error.description
        }
    }

    /// The problems alone, each as `line:column message`.
    static func places(_ yaml: String) -> [String] {
        do {
            _ = try ScenarioDocument(yaml: yaml, file: "shop.yaml")
            return []
        } catch {
            return error.problems.map { "\($0.line):\($0.column) \($0.message)" }
        }
    }
}
