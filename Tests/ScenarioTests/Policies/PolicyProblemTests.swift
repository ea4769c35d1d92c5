import Scenario
import Testing

/// What is said about policies, time-outs, retries, hedges and fallbacks that cannot be.
@Suite struct PolicyProblemTests {
    @Test func aPolicyIsShownInItsPlace() {
        #expect(
            Shop.problems(Shop.changed(adding: "policies:\n  guarded: [ retry: { attempts: 3, jiter: 20% } ]\n")) == """
                shop.yaml:16:36: error: unknown key "jiter" in retry
                   16 |   guarded: [ retry: { attempts: 3, jiter: 20% } ]
                      |                                    ^~~~~
                   did you mean "jitter"?
                """)
    }

    @Test func aPolicyIsANameAndItsLayers() {
        PolicyTable.check(
            """
            guarded: { timeout: 2s, retry: { attempts: 2 } }
              14: policy "guarded" is a list of layers, and this is a mapping
                begin each layer with - or write [ ... ]
            guarded: { layers: [ timeout: 2s ], ordre: dotnet }
              39: unknown key "ordre" in policy "guarded"
                did you mean "order"?
            guarded: { layers: [ timeout: 2s ], order: polly }
              46: "polly" is not an order of layers
                known: written, resilience4j, dotnet
            guarded: { order: dotnet }
              12: policy "guarded" needs "layers"
            guarded: 2s
              12: expected a list for policy "guarded", found "2s"
                write [ ... ] or lines with -
            guarded:
              11: expected a list for policy "guarded", found nothing
                write [ ... ] or lines with -
            guarded: []
              12: policy "guarded" has no layers
                layers: fallback, deadline, timeout, retry, breaker, bulkhead, rateLimit, hedge
            sql: [ timeout: 2s ]
              3: the name "sql" is taken by a backend
                choose another name for the policy
            web: [ timeout: 2s ]
              3: the name "web" is taken by a policy
                choose another name for the client
            a b: [ timeout: 2s ]
              3: "a b" is not a name
                names have letters, digits, _ and -, begin with a letter, and are at most 64 long
            guarded: [ timeout: 2s, timeout: 2s, timeout: 2s, timeout: 2s, timeout: 2s, timeout: 2s, timeout: 2s, \
            timeout: 2s, timeout: 2s, timeout: 2s, timeout: 2s, timeout: 2s, timeout: 2s, timeout: 2s, timeout: 2s, \
            timeout: 2s, timeout: 2s ]
              222: policy "guarded" has more than 16 layers
            """, areLayers: false)
    }

    @Test func aLayerIsOneOfAFew() {
        PolicyTable.check(
            """
            timout: 2s
              14: unknown layer "timout"
                did you mean "timeout"?
            retries: 3
              14: unknown layer "retries"
                known: fallback, deadline, timeout, retry, breaker, bulkhead, rateLimit, hedge
            2s
              14: expected a layer, found "2s"
                layers: fallback, deadline, timeout, retry, breaker, bulkhead, rateLimit, hedge
            {}
              14: expected a layer, found a mapping
                layers: fallback, deadline, timeout, retry, breaker, bulkhead, rateLimit, hedge
            []
              14: expected a layer, found a list
                layers: fallback, deadline, timeout, retry, breaker, bulkhead, rateLimit, hedge
            { timeout: 2s, retry: { attempts: 2 } }
              29: a layer has one key, and this one has "timeout" and "retry"
                begin a new layer with -
            { timeout: 2s, total: 2s }
              29: a layer has one key, and this one has "timeout" and "total"
                indent it, or put it in { } after timeout:
            """)
    }

    @Test func impossibleTimeoutsAreRefused() {
        PolicyTable.check(
            """
            timeout: 0s
              23: must be more than 0s
                write 1ms, or more
            timeout: 2
              23: "2" needs a unit: expected a duration, such as 250ms
                write 2ms
            timeout: { total: 2s, connect: 3s }
              45: connect (3s) is longer than total (2s)
            timeout: {}
              23: timeout needs one of: total, connect, read
            timeout: { conect: 1s }
              25: unknown key "conect" in timeout
                did you mean "connect"?
            timeout: [1s]
              23: expected a duration, such as 250ms, found a list
            timeout: { read: 0s }
              31: must be more than 0s
                write 1ms, or more
            deadline: 0s
              24: must be more than 0s
                write 1ms, or more
            deadline: unlimited
              24: expected a duration, such as 250ms, found "unlimited"
            """)
    }

    @Test func impossibleRetriesAreRefused() {
        PolicyTable.check(
            """
            retry: 3
              21: expected a mapping for retry, found "3"
                write { attempts: 3, base: 1s }
            retry: {}
              21: retry needs one of: attempts, retries
            retry: { attempts: 0 }
              33: 0 is not within 1 to 1000
                write 1
            retry: { retries: -1 }
              32: -1 is not within 0 to 999
                write 0
            retry: { attempts: 2, retries: 1 }
              36: retry has "attempts" and "retries"
                use one of them
            retry: { attempts: 1001 }
              33: 1001 is not within 1 to 1000
                write 1000
            retry: { attempts: 2, jitter: 120% }
              44: "120%" is not within 0% to 100%
                write 100%
            retry: { attempts: 2, jitter: ful }
              44: "ful" is not a jitter
                did you mean "full"?
            retry: { attempts: 2, jitter: 0.2 }
              44: "0.2" needs a unit: expected a share, such as 5%
                write 20%
            retry: { attempts: 2, base: 1s, max: 500ms }
              51: max (500ms) is less than base (1s)
            retry: { attempts: 2, base: 0s }
              42: must be more than 0s
                write 1ms, or more
            retry: { attempts: 2, max: 500ms }
              41: max (500ms) is less than base (1s)
            retry: { attempts: 2, backoff: exponental }
              45: "exponental" is not a backoff
                did you mean "exponential"?
            retry: { attempts: 2, factor: 0.5x }
              44: "0.5x" is not within 1x to 1000x
                write 1x
            retry: { attempts: 2, factor: 2 }
              44: "2" needs a unit: expected a factor, such as 3x
                write 2x
            retry: { attempts: 2, backoff: decorrelated, jitter: full }
              67: decorrelated waits have their own jitter
                remove jitter
            retry: { attempts: 2, backoff: decorrelated-v2, jitter: 20% }
              70: decorrelated-v2 waits have their own jitter
                remove jitter
            retry: { attempts: 2, on: timeout }
              40: expected a list for the failures of on, found "timeout"
                write [ ... ] or lines with -
            retry: { attempts: 2, on: [] }
              40: on needs at least one kind of failure
            retry: { attempts: 2, on: [timout] }
              41: "timout" is not a kind of failure
                did you mean "timeout"?
            retry: { attempts: 2, on: [404, 418] }
              46: no backend answers 418
                known: 400, 401, 403, 404, 409, 429, 500, 503
            retry: { attempts: 2, on: [all] }
              41: "all" is not a kind of failure
                known: timeout, refused, reset, rejected, policy, a status, 4xx, 5xx
            retry: { attempts: 2, on: [6xx, 5xx] }
              41: "6xx" is not a kind of failure
                did you mean "4xx"?
            retry: { attempts: 2, on: [[timeout]] }
              41: expected a kind of failure, such as timeout or 503, found a list
            retry: { attempts: 2, retryAfter: honor }
              48: "honor" is not a use of Retry-After
                did you mean "honour"?
            retry: { attempts: 2, budget: {} }
              44: a retry budget needs one of: tokens, share, active, quota, throttle
            retry: { attempts: 2, budget: { aws: 500 } }
              46: unknown key "aws" in a retry budget
                known: tokens, share, active, quota, throttle
            retry: { attempts: 2, budget: 10 }
              44: expected a mapping for a retry budget, found "10"
                write { tokens: 10, ratio: 0.1 }
            retry: { attempts: 2, budget: { tokens: 0 } }
              54: "0" is not within 1 to 1000
                write 1
            retry: { attempts: 2, budget: { tokens: 10, ratio: 0 } }
              65: "0" is not within 0.001 to 1000
                write 0.001
            retry: { attempts: 2, budget: { tokens: 10, share: 20% } }
              58: a retry budget has "tokens" and "share"
                use one of them
            retry: { attempts: 2, budget: { tokens: 10, ttl: 10s } }
              58: unknown key "ttl" in a retry budget
                known: tokens, share, active, quota, throttle, ratio
            retry: { attempts: 2, budget: { share: 0%, perSecond: 0/s } }
              53: this budget allows no retry
            retry: { attempts: 2, budget: { active: 0%, least: 0 } }
              54: this budget allows no retry
            retry: { attempts: 2, budget: { share: 120% } }
              53: "120%" is not within 0% to 100%
                write 100%
            retry: { attempts: 2, budget: { share: 0.01% } }
              53: "0.01%" is less than a budget can count
                write 0.1% or 0%
            retry: { attempts: 2, budget: { share: 20%, ttl: 2h } }
              63: 2h is not within 1ms to 1h
            retry: { attempts: 2, budget: { throttle: 0.5 } }
              56: "0.5" is not within 1 to 1000
                write 1
            """)
    }

    @Test func impossibleHedgesAreRefused() {
        PolicyTable.check(
            """
            hedge: 5
              21: "5" needs a unit: expected a duration, such as 250ms
                write 5ms
            hedge: {}
              21: hedge needs "after"
            hedge: { after: 1s, copies: 0 }
              42: 0 is not within 1 to 10
                write 1
            hedge: { after: 1s, copies: 11 }
              42: 11 is not within 1 to 10
                write 10
            """)
    }

    @Test func impossibleFallbacksAreRefused() {
        PolicyTable.check(
            """
            fallback: {}
              24: fallback needs one of: value, stale, omit
            fallback: none
              24: expected a mapping for fallback, found "none"
                write { value: { items: [] } }
            fallback: { stale: 0s }
              33: must be more than 0s
                write 1ms, or more
            fallback: { stale: always }
              33: expected a duration, such as 250ms, found "always"
            fallback: { value: 1, stale: any }
              36: fallback has "value" and "stale"
                use one of them
            fallback: { omit: false }
              32: omit: false is no fallback
                write omit: true, or remove it
            """)
    }
}
