import Testing

/// What is said about breakers, bulkheads and rate limits that cannot be.
@Suite struct LimitProblemTests {
    @Test func impossibleBreakersAreRefused() {
        PolicyTable.check(
            """
            breaker: 5
              23: expected a mapping for breaker, found "5"
                write { failures: 5, open: 30s }
            breaker: { failures: 0, open: 30s }
              35: 0 is not within 1 to 1000000
                write 1
            breaker: { failures: 5 }
              23: breaker needs "open"
            breaker: { open: 30s }
              23: breaker needs one of: failures, ratio
            breaker: { failures: 5, open: 0s }
              44: must be more than 0s
                write 1ms, or more
            breaker: { failures: 5, ratio: 50%, open: 30s }
              38: breaker has "failures" and "ratio"
                use one of them
            breaker: { failures: 5, window: 10s, open: 30s }
              38: window goes with ratio, and this breaker has failures
                use ratio: 50%
            breaker: { failures: 5, slow: { after: 1s }, open: 30s }
              38: slow goes with ratio, and this breaker has failures
                use ratio: 50%
            breaker: { failures: 5, open: 30s, growth: 0.5x }
              57: "0.5x" is not within 1x to 1000x
                write 1x
            breaker: { failures: 5, open: 30s, maxOpen: 10s }
              58: maxOpen (10s) is less than open (30s)
            breaker: { failures: 5, open: 30s, trials: 0 }
              57: 0 is not within 1 to 1000
                write 1
            breaker: { failures: 5, open: 30s, trials: 3 }
              57: a pollyV7 breaker lets 1 trial through
                several trials are like: resilience4j, gobreaker, pybreaker
            breaker: { failures: 5, open: 30s, like: poly }
              55: "poly" is not a breaker that is known
                known: pollyV7, pollyV8, resilience4j, hystrix, gobreaker, pybreaker, envoy
            breaker: { failures: 5, open: 30s, sweep: 10s }
              56: a pollyV7 breaker is not brought back by sweeps
                remove sweep, or write like: envoy
            breaker: { failures: 5, open: 30s, like: envoy, sweep: 0s }
              69: must be more than 0s
                write 1ms, or more
            breaker: { failures: 5, open: 30s, like: envoy, growth: 2x }
              70: an envoy breaker stays open for once, twice, three times open
                remove growth
            bulkhead: { concurrent: 5, queue: 9, codel: { like: codl } }
              66: "codl" is not a rule for queues
                known: rfc8289, facebook
            breaker: { failures: 5, open: 30s, state: opened }
              56: "opened" is not a state
                known: auto, forcedOpen, disabled
            breaker: { ratio: 0%, open: 30s }
              32: a threshold of 0% would always be met
            breaker: { ratio: 101%, open: 30s }
              32: "101%" is not within 0% to 100%
                write 100%
            breaker: { ratio: 50%, minimum: 0, open: 30s, like: hystrix }
              46: 0 is not within 1 to 1000000
                write 1
            breaker: { ratio: 50%, minimum: 1, open: 30s }
              46: 1 is not within 2 to 1000000
                write 2
            breaker: { ratio: 50%, window: 10, minimum: 20, open: 30s }
              58: minimum (20) is more than the 10 calls of the window
            breaker: { ratio: 50%, window: 0, open: 30s }
              45: 0 is not within 2 to 1000000
                write 2
            breaker: { ratio: 50%, window: 0s, open: 30s }
              45: must be more than 0s
                write 1ms, or more
            breaker: { ratio: 50%, window: 100ms, open: 30s }
              45: a pollyV8 window is at least 500ms long
                write 500ms
            breaker: { ratio: 50%, window: 13h, open: 30s }
              45: 13h is too long for a window
                at most 12h
            breaker: { ratio: 50%, window: 500ms, open: 30s, like: resilience4j }
              45: this window is shorter than its bucket: resilience4j counts in buckets of 1s
                write 1s
            breaker: { ratio: 50%, window: 1.5s, open: 30s, like: resilience4j }
              45: this window is no whole number of buckets: resilience4j counts in buckets of 1s
                write 2s
            breaker: { ratio: 50%, window: 400ms, open: 30s, like: hystrix }
              45: this window is shorter than its bucket: hystrix counts in buckets of 500ms
                write 500ms
            breaker: { ratio: 50%, window: 700ms, open: 30s, like: hystrix }
              45: this window is no whole number of buckets: hystrix counts in buckets of 500ms
                write 1s
            breaker: { ratio: 50%, window: ten, open: 30s }
              45: expected a duration, such as 250ms, found "ten"
            breaker: { ratio: 50%, open: 100ms }
              43: a pollyV8 breaker stays open for at least 500ms
                write 500ms
            breaker: { ratio: 50%, slow: { ratio: 50% }, open: 1s }
              43: slow needs "after"
            breaker: { ratio: 50%, slow: { after: 1s, ratio: 0% }, open: 1s }
              63: a threshold of 0% would always be met
            """)
    }

    @Test func impossibleBulkheadsAreRefused() {
        PolicyTable.check(
            """
            bulkhead: 20
              24: expected a mapping for bulkhead, found "20"
                write { concurrent: 20, queue: 40 }
            bulkhead: {}
              24: bulkhead needs "concurrent"
            bulkhead: { concurrent: 0 }
              38: 0 is not within 1 to 1000000
                write 1
            bulkhead: { adaptive: none }
              24: bulkhead needs "concurrent"
            bulkhead: { concurrent: 20, queue: -1 }
              49: -1 is not within 0 to 1000000
                write 0
            bulkhead: { concurrent: 20, queue: 40, full: wait }
              49: with full: wait the queue has no end, and this one has
                remove queue, or write full: reject
            bulkhead: { concurrent: 20, full: shedOldest }
              48: full: shedOldest needs a queue
                write queue: 10, or remove it
            bulkhead: { concurrent: 20, maxWait: 1s }
              51: maxWait needs a queue
                write queue: 10, or remove it
            bulkhead: { concurrent: 20, codel: {} }
              49: codel needs a queue
                write queue: 10, or remove it
            bulkhead: { concurrent: 20, queue: 0, full: shedOldest, maxWait: 1s }
              58: full: shedOldest needs a queue
                write queue: 10, or remove it
              79: maxWait needs a queue
                write queue: 10, or remove it
            bulkhead: { concurrent: 20, full: drop }
              48: "drop" is not a way to be full
                known: reject, shedOldest, wait
            bulkhead: { concurrent: 20, order: filo }
              49: "filo" is not an order
                did you mean "fifo"?
            bulkhead: { concurrent: 20, queue: 5, maxWait: 0s }
              61: must be more than 0s
                write 1ms, or more
            bulkhead: { concurrent: 20, queue: 5, codel: { target: 100ms } }
              69: target (100ms) is not less than interval (100ms)
            bulkhead: { concurrent: 20, queue: 5, codel: 5ms }
              59: expected a mapping for codel, found "5ms"
                write { target: 5ms, interval: 100ms }
            bulkhead: { adaptive: vega }
              36: "vega" is not an adaptive limit
                did you mean "vegas"?
            bulkhead: { adaptive: { vegas: { min: 5, max: 3 } } }
              52: min (5) is more than max (3)
            bulkhead: { adaptive: { vegas: { initial: 300 } } }
              56: it begins at 300, which is not within 1 to 200
                change min or max, or where it begins
            bulkhead: { concurrent: 300, adaptive: vegas }
              53: it begins at 300, which is not within 1 to 200
                change min or max, or where it begins
            bulkhead: { concurrent: 10, adaptive: { vegas: { initial: 20 } } }
              72: initial is 20 and concurrent is 10, and both say where it begins
                use one of them
            bulkhead: { adaptive: { vegas: {}, aimd: {} } }
              49: adaptive has "vegas" and "aimd"
                use one of them
            bulkhead: { adaptive: { vegas: 20 } }
              45: expected a mapping for vegas, found "20"
                write { initial: 20, min: 1, max: 200 }
            """)
    }

    @Test func impossibleRateLimitsAreRefused() {
        PolicyTable.check(
            """
            rateLimit: 50/s
              25: expected a mapping for rateLimit, found "50/s"
                write { tokenBucket: { rate: 50/s, burst: 10 } }
            rateLimit: {}
              25: rateLimit needs one of: tokenBucket, leakyBucket, fixedWindow, slidingWindow, slidingLog
            rateLimit: { tokenBucket: { rate: 0/s, burst: 1 } }
              48: a rate of 0/s lets nothing through
            rateLimit: { leakyBucket: { rate: 1/h } }
              48: a leaky bucket is not as slow as "1/h"
                at least 3.6/h
            rateLimit: { tokenBucket: { rate: 50, burst: 1 } }
              48: "50" needs a unit: expected a rate, such as 20/s
                write 50/s
            rateLimit: { tokenBucket: { rate: 50/s } }
              40: tokenBucket needs "burst"
            rateLimit: { tokenBucket: { rate: 50/s, burst: 0 } }
              61: "0" is not within 1 to 1000000
                write 1
            rateLimit: { leakyBucket: { rate: 50/s, burst: -1 } }
              61: "-1" is not within 0 to 1000000
                write 0
            rateLimit: { fixedWindow: { limit: 0, window: 1s } }
              49: 0 is not within 1 to 1000000
                write 1
            rateLimit: { fixedWindow: { limit: 1, window: 0s } }
              60: must be more than 0s
                write 1ms, or more
            rateLimit: { tokenbucket: { rate: 5/s, burst: 1 } }
              27: unknown key "tokenbucket" in rateLimit
                did you mean "tokenBucket"?
            rateLimit: { fixedWindow: { limit: 1, window: 1s }, tokenBucket: { rate: 5/s, burst: 1 } }
              66: rateLimit has "fixedWindow" and "tokenBucket"
                use one of them
            """)
    }
}
