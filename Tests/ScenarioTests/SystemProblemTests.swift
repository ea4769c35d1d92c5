import Testing

/// What is said about the run, backends and caches.
@Suite struct SystemProblemTests {
    @Test func aRunHasADuration() {
        #expect(
            Shop.problems(Shop.changed("duration: 60s\n", to: "")) == """
                shop.yaml:1:1: error: the scenario needs "duration"
                   1 | backends:
                     | ^
                """)
    }

    @Test func aRunIsNotEmpty() {
        #expect(
            Shop.problems(Shop.changed("60s\nb", to: "0s\nb")) == """
                shop.yaml:1:11: error: a run of 0s shows nothing
                   1 | duration: 0s
                     |           ^~
                   write a duration up to 720h
                """)
    }

    @Test func aRunEnds() {
        #expect(
            Shop.problems(Shop.changed("60s\nb", to: "721h\nb")) == """
                shop.yaml:1:11: error: "721h" is too long for a run
                   1 | duration: 721h
                     |           ^~~~
                   write a duration up to 720h
                """)
    }

    @Test func aSeedIsAWholeNumber() {
        #expect(
            Shop.problems(Shop.changed(adding: "seed: -1\n")) == """
                shop.yaml:15:7: error: expected a whole number for the seed, found "-1"
                   15 | seed: -1
                      |       ^~
                   0 to 18446744073709551615
                """)
    }

    @Test func aSeedFitsIn64Bits() {
        #expect(
            Shop.problems(Shop.changed(adding: "seed: 99999999999999999999\n")) == """
                shop.yaml:15:7: error: expected a whole number for the seed, found "99999999999999999999"
                   15 | seed: 99999999999999999999
                      |       ^~~~~~~~~~~~~~~~~~~~
                   0 to 18446744073709551615
                """)
    }

    @Test func limitsAreReasonable() {
        #expect(
            Shop.problems(Shop.changed(adding: "limits: { maxEvents: 0 }\n")) == """
                shop.yaml:15:22: error: 0 is not within 1 to 100000000
                   15 | limits: { maxEvents: 0 }
                      |                      ^
                   write 1
                """)
    }

    @Test func unknownKeysShowTheNearestOne() {
        #expect(
            Shop.problems(Shop.changed(adding: "network: { hops: 1ms }\nbakends: {}\n")) == """
                shop.yaml:15:12: error: unknown key "hops" in network
                   15 | network: { hops: 1ms }
                      |            ^~~~
                   did you mean "hop"?
                shop.yaml:16:1: error: unknown key "bakends" in the scenario
                   16 | bakends: {}
                      | ^~~~~~~
                   did you mean "backends"?
                """)
    }

    @Test func aBackendHasALatency() {
        #expect(
            Shop.problems(Shop.changed("{ latency: 10ms }", to: "{ concurrency: 5 }")) == """
                shop.yaml:8:9: error: backend "rest" needs "latency"
                   8 |   rest: { concurrency: 5 }
                     |         ^
                """)
    }

    @Test func aBackendIsAMapping() {
        #expect(
            Shop.problems(Shop.changed("{ latency: 10ms }", to: "10ms")) == """
                shop.yaml:8:9: error: expected a mapping for backend "rest", found "10ms"
                   8 |   rest: 10ms
                     |         ^~~~
                   write { latency: 80ms }
                """)
    }

    @Test func aLatencyIsOneDistribution() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "{ fixed: 1s, uniform: [1s, 2s] }")) == """
                shop.yaml:4:27: error: a latency has "fixed" and "uniform"
                   4 |     latency: { fixed: 1s, uniform: [1s, 2s] }
                     |                           ^~~~~~~
                   use one of them
                """)
    }

    @Test func aLatencyIsSomeDistribution() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "{}")) == """
                shop.yaml:4:14: error: a latency needs one of: fixed, uniform, normal, exponential, lognormal, \
                pareto, weibull, empirical, bimodal
                   4 |     latency: {}
                     |              ^
                """)
    }

    @Test func aLatencyIsAKnownDistribution() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "{ fixd: 80ms }")) == """
                shop.yaml:4:16: error: unknown key "fixd" in a latency
                   4 |     latency: { fixd: 80ms }
                     |                ^~~~
                   did you mean "fixed"?
                """)
    }

    @Test func uniformGoesUp() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "{ uniform: [2s, 1s] }")) == """
                shop.yaml:4:30: error: 1s is less than 2s
                   4 |     latency: { uniform: [2s, 1s] }
                     |                              ^~
                   write [1s, 2s]
                """)
    }

    @Test func uniformHasTwoEnds() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "{ uniform: [2s] }")) == """
                shop.yaml:4:25: error: uniform needs two durations, found 1
                   4 |     latency: { uniform: [2s] }
                     |                         ^
                   write [50ms, 150ms]
                """)
    }

    @Test func percentilesGoUp() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "{ lognormal: { p50: 2s, p99: 1s } }")) == """
                shop.yaml:4:43: error: p99 (1s) is less than p50 (2s)
                   4 |     latency: { lognormal: { p50: 2s, p99: 1s } }
                     |                                           ^~
                   half of all are below p50, and 99 of 100 below p99
                """)
    }

    @Test func percentilesAreAboveZero() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "{ lognormal: { p50: 0s } }")) == """
                shop.yaml:4:27: error: lognormal needs "p99"
                   4 |     latency: { lognormal: { p50: 0s } }
                     |                           ^
                shop.yaml:4:34: error: must be more than 0s
                   4 |     latency: { lognormal: { p50: 0s } }
                     |                                  ^~
                   write 1ms, or more
                """)
    }

    @Test func aShapeIsWithinReason() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "{ pareto: { min: 1s, shape: 0 } }")) == """
                shop.yaml:4:42: error: "0" is not within 0.05 to 1000
                   4 |     latency: { pareto: { min: 1s, shape: 0 } }
                     |                                          ^
                   write 0.05
                """)
    }

    @Test func empiricalHasValues() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "{ empirical: [] }")) == """
                shop.yaml:4:27: error: empirical needs 1 to 10000 durations, found 0
                   4 |     latency: { empirical: [] }
                     |                           ^
                """)
    }

    @Test func oneInIsAtLeastOne() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "{ bimodal: { fast: 1ms, slow: 2ms, oneIn: 0.5 } }")) == """
                shop.yaml:4:56: error: "0.5" is not within 1 to 1000000000
                   4 |     latency: { bimodal: { fast: 1ms, slow: 2ms, oneIn: 0.5 } }
                     |                                                        ^~~
                   write 1
                """)
    }

    @Test func aFaultEndsAfterItBegins() {
        let yaml = Shop.changed("latency: 10ms", to: "latency: 10ms, faults: [ { from: 40s, to: 20s, down: true } ]")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:8:53: error: 20s is not after 40s
                   8 | … rest: { latency: 10ms, faults: [ { from: 40s, to: 20s, down: true } ] }
                     |                                                     ^~~
                   from must be before to
                """)
    }

    @Test func aFaultBeginsWithinTheRun() {
        let yaml = Shop.changed(
            "latency: 10ms", to: "latency: 10ms, faults: [ { from: 60s, down: true }, { from: 70s, down: true } ]")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:8:36: error: nothing can begin at the end of the run, 60s
                   8 | …cy: 10ms, faults: [ { from: 60s, down: true }, { from: 70s, down: true }…
                     |                      ^
                shop.yaml:8:71: error: 70s is after the end of the run, 60s
                   8 | …10ms, faults: [ { from: 60s, down: true }, { from: 70s, down: true } ] }
                     |                                                     ^~~
                """)
    }

    @Test func aFaultIsOneThing() {
        let yaml = Shop.changed(
            "latency: 10ms", to: "latency: 10ms, faults: [ { from: 1s }, { from: 1s, slow: 3x, hang: true } ]")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:8:36: error: a fault needs one of: errors, down, added, slow, hang, blackhole
                   8 | …cy: 10ms, faults: [ { from: 1s }, { from: 1s, slow: 3x, hang: true } ] }
                     |                      ^
                shop.yaml:8:72: error: a fault has "slow" and "hang"
                   8 | …cy: 10ms, faults: [ { from: 1s }, { from: 1s, slow: 3x, hang: true } ] }
                     |                                                          ^~~~
                   use one of them
                """)
    }

    @Test func aCacheHasATimeToLive() {
        #expect(
            Shop.problems(Shop.changed("{ ttl: 60s }", to: "{ latency: 1ms }")) == """
                shop.yaml:10:10: error: cache "sales" needs one of: ttl, capacity
                   10 |   sales: { latency: 1ms }
                      |          ^
                """)
    }

    @Test func aTimeToLiveIsAboveZero() {
        #expect(
            Shop.problems(Shop.changed("ttl: 60s", to: "ttl: 0s")) == """
                shop.yaml:10:17: error: must be more than 0s
                   10 |   sales: { ttl: 0s }
                      |                 ^~
                   write 1ms, or more
                """)
    }

    @Test func namesAreNames() {
        #expect(
            Shop.problems(Shop.changed("  rest:", to: "  2 rest:")) == """
                shop.yaml:8:3: error: "2 rest" is not a name
                   8 |   2 rest: { latency: 10ms }
                     |   ^~~~~~
                   names have letters, digits, _ and -, begin with a letter, and are at most 64 long
                """)
    }

    @Test func componentsHaveDifferentNames() {
        #expect(
            Shop.problems(Shop.changed("  web:", to: "  sql:")) == """
                shop.yaml:14:3: error: the name "sql" is taken by a backend
                   14 |   sql: { flow: report, at: 0s }
                      |   ^~~
                   choose another name for the client
                """)
    }
}
