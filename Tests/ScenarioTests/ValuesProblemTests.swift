import Testing

/// What is said about values: durations, rates, shares, counts.
@Suite struct ValuesProblemTests {
    @Test func aDurationNeedsAUnit() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "80")) == """
                shop.yaml:4:14: error: "80" needs a unit: expected a duration, such as 250ms
                   4 |     latency: 80
                     |              ^~
                   write 80ms
                """)
    }

    @Test func aDurationOfZeroNeedsAUnitToo() {
        #expect(
            Shop.problems(Shop.changed("at: 0s", to: "at: 0")) == """
                shop.yaml:14:28: error: "0" needs a unit: expected a duration, such as 250ms
                   14 |   web: { flow: report, at: 0 }
                      |                            ^
                   write 0s
                """)
    }

    @Test func aDurationHasNoSpace() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "80 ms")) == """
                shop.yaml:4:14: error: "80 ms" has a space in it: expected a duration, such as 250ms
                   4 |     latency: 80 ms
                     |              ^~~~~
                   write 80ms
                """)
    }

    @Test func aDurationHasAKnownUnit() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "5sec")) == """
                shop.yaml:4:14: error: "sec" is not a unit here: expected a duration, such as 250ms
                   4 |     latency: 5sec
                     |              ^~~~
                   write 5s
                """)
    }

    @Test func aDurationIsANumber() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "fast")) == """
                shop.yaml:4:14: error: expected a duration, such as 250ms, found "fast"
                   4 |     latency: fast
                     |              ^~~~
                """)
    }

    @Test func aDurationIsNotInfinite() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: ".inf")) == """
                shop.yaml:4:14: error: expected a duration, such as 250ms, found ".inf"
                   4 |     latency: .inf
                     |              ^~~~
                """)
    }

    @Test func aDurationIsNotNegative() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "-80ms")) == """
                shop.yaml:4:14: error: "-80ms" is negative
                   4 |     latency: -80ms
                     |              ^~~~~
                """)
    }

    @Test func aDurationHasNoExponent() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "1e3ms")) == """
                shop.yaml:4:14: error: "e3ms" is not a unit here: expected a duration, such as 250ms
                   4 |     latency: 1e3ms
                     |              ^~~~~
                   units: ns, us, ms, s, m, h
                """)
    }

    @Test func aDurationFitsTheClock() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "99999999999999999999h")) == """
                shop.yaml:4:14: error: "99999999999999999999h" is too large
                   4 |     latency: 99999999999999999999h
                     |              ^~~~~~~~~~~~~~~~~~~~~
                """)
    }

    @Test func aDurationIsNotAYearAndMore() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "9000h")) == """
                shop.yaml:4:14: error: "9000h" is too long
                   4 |     latency: 9000h
                     |              ^~~~~
                   at most 8760h
                """)
    }

    @Test func aDurationIsNotFinerThanTheClock() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "0.0000001ms")) == """
                shop.yaml:4:14: error: "0.0000001ms" is finer than a nanosecond
                   4 |     latency: 0.0000001ms
                     |              ^~~~~~~~~~~
                """)
    }

    @Test func aDurationIsNotLeftOut() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "~")) == """
                shop.yaml:4:14: error: expected a duration, such as 250ms, found nothing
                   4 |     latency: ~
                     |              ^
                """)
    }

    @Test func aDurationIsNotAList() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "[80ms]")) == """
                shop.yaml:4:14: error: expected a duration, such as 250ms, found a list
                   4 |     latency: [80ms]
                     |              ^
                """)
    }

    @Test func aShareIsAPercentage() {
        #expect(
            Shop.problems(Shop.changed("latency: 10ms", to: "latency: 10ms, errors: 0.5")) == """
                shop.yaml:8:34: error: "0.5" needs a unit: expected a share, such as 5%
                   8 |   rest: { latency: 10ms, errors: 0.5 }
                     |                                  ^~~
                   write 50%
                """)
    }

    @Test func aShareIsAtMostAll() {
        #expect(
            Shop.problems(Shop.changed("latency: 10ms", to: "latency: 10ms, errors: 101%")) == """
                shop.yaml:8:34: error: "101%" is not within 0% to 100%
                   8 |   rest: { latency: 10ms, errors: 101% }
                     |                                  ^~~~
                   write 100%
                """)
    }

    @Test func aShareIsANumber() {
        #expect(
            Shop.problems(Shop.changed("latency: 10ms", to: "latency: 10ms, errors: .nan")) == """
                shop.yaml:8:34: error: expected a share, such as 5%, found ".nan"
                   8 |   rest: { latency: 10ms, errors: .nan }
                     |                                  ^~~~
                """)
    }

    @Test func aRateHasAUnit() {
        #expect(
            Shop.problems(Shop.changed("at: 0s", to: "arrivals: { poisson: 20 }")) == """
                shop.yaml:14:45: error: "20" needs a unit: expected a rate, such as 20/s
                   14 |   web: { flow: report, arrivals: { poisson: 20 } }
                      |                                             ^~
                   write 20/s
                """)
    }

    @Test func aRateHasAKnownUnit() {
        #expect(
            Shop.problems(Shop.changed("at: 0s", to: "arrivals: { poisson: 20/d }")) == """
                shop.yaml:14:45: error: "/d" is not a unit here: expected a rate, such as 20/s
                   14 |   web: { flow: report, arrivals: { poisson: 20/d } }
                      |                                             ^~~~
                   units: /s, /m, /h
                """)
    }

    @Test func aRateIsNotBeyondReason() {
        #expect(
            Shop.problems(Shop.changed("at: 0s", to: "arrivals: { poisson: 9999999/s }")) == """
                shop.yaml:14:45: error: "9999999/s" is not within 0/s to 1000000/s
                   14 |   web: { flow: report, arrivals: { poisson: 9999999/s } }
                      |                                             ^~~~~~~~~
                   write 1000000/s
                """)
    }

    @Test func aFactorHasAnX() {
        let yaml = Shop.changed("latency: 10ms", to: "latency: 10ms, faults: [ { from: 1s, slow: 3 } ]")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:8:54: error: "3" needs a unit: expected a factor, such as 3x
                   8 |   rest: { latency: 10ms, faults: [ { from: 1s, slow: 3 } ] }
                     |                                                      ^
                   write 3x
                """)
    }

    @Test func aFactorIsAboveZero() {
        let yaml = Shop.changed("latency: 10ms", to: "latency: 10ms, faults: [ { from: 1s, slow: 0x } ]")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:8:54: error: "0x" is not within 0.001x to 1000x
                   8 |   rest: { latency: 10ms, faults: [ { from: 1s, slow: 0x } ] }
                     |                                                      ^~
                   write 0.001x
                """)
    }

    @Test func aCountIsWhole() {
        #expect(
            Shop.problems(Shop.changed("latency: 10ms", to: "latency: 10ms, concurrency: 1.5")) == """
                shop.yaml:8:39: error: expected a whole number, such as 10, found "1.5"
                   8 |   rest: { latency: 10ms, concurrency: 1.5 }
                     |                                       ^~~
                """)
    }

    @Test func aCountIsNotOctal() {
        #expect(
            Shop.problems(Shop.changed("latency: 10ms", to: "latency: 10ms, concurrency: 010")) == """
                shop.yaml:8:39: error: expected a whole number, such as 10, found "010"
                   8 |   rest: { latency: 10ms, concurrency: 010 }
                     |                                       ^~~
                   write 10
                """)
    }

    @Test func aCountHasNoUnderscores() {
        #expect(
            Shop.problems(Shop.changed("latency: 10ms", to: "latency: 10ms, concurrency: 1_000")) == """
                shop.yaml:8:39: error: expected a whole number, such as 10, found "1_000"
                   8 |   rest: { latency: 10ms, concurrency: 1_000 }
                     |                                       ^~~~~
                   write 1000
                """)
    }

    @Test func aCountIsWithinItsRange() {
        #expect(
            Shop.problems(Shop.changed("latency: 10ms", to: "latency: 10ms, concurrency: 0, queue: -1")) == """
                shop.yaml:8:39: error: 0 is not within 1 to 1000000
                   8 |   rest: { latency: 10ms, concurrency: 0, queue: -1 }
                     |                                       ^
                   write 1
                shop.yaml:8:49: error: -1 is not within 0 to 1000000
                   8 |   rest: { latency: 10ms, concurrency: 0, queue: -1 }
                     |                                                 ^~
                   write 0
                """)
    }

    @Test func aCountThatIsFarTooLargeIsOnlyThat() {
        #expect(
            Shop.problems(Shop.changed("latency: 10ms", to: "latency: 10ms, queue: 99999999999999999999999")) == """
                shop.yaml:8:33: error: 99999999999999999999999 is not within 0 to 1000000
                   8 |   rest: { latency: 10ms, queue: 99999999999999999999999 }
                     |                                 ^~~~~~~~~~~~~~~~~~~~~~~
                   write 1000000
                """)
    }

    @Test func aFlagIsTrueAndNotYes() {
        let yaml = Shop.changed("latency: 10ms", to: "latency: 10ms, faults: [ { from: 1s, down: yes } ]")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:8:54: error: expected true or false, found "yes"
                   8 |   rest: { latency: 10ms, faults: [ { from: 1s, down: yes } ] }
                     |                                                      ^~~
                   write true
                """)
    }

    @Test func aFlagThatIsFalseIsNoFault() {
        let yaml = Shop.changed("latency: 10ms", to: "latency: 10ms, faults: [ { from: 1s, hang: false } ]")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:8:54: error: hang: false is no fault
                   8 |   rest: { latency: 10ms, faults: [ { from: 1s, hang: false } ] }
                     |                                                      ^~~~~
                   write hang: true, or remove it
                """)
    }
}
