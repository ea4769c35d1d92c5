import Testing

/// What is said about clients, controls, marks and interventions.
@Suite struct ChangeProblemTests {
    @Test func aClientRunsAKnownFlow() {
        #expect(
            Shop.problems(Shop.changed("flow: report", to: "flow: reprt")) == """
                shop.yaml:14:16: error: there is no flow "reprt"
                   14 |   web: { flow: reprt, at: 0s }
                      |                ^~~~~
                   did you mean "report"?
                """)
    }

    @Test func aClientSendsWithinTheRun() {
        #expect(
            Shop.problems(Shop.changed("at: 0s", to: "at: 61s")) == """
                shop.yaml:14:28: error: 61s is after the end of the run, 60s
                   14 |   web: { flow: report, at: 61s }
                      |                            ^~~
                """)
    }

    @Test func aClientSendsInOneWay() {
        #expect(
            Shop.problems(Shop.changed("at: 0s", to: "at: 0s, users: 10")) == """
                shop.yaml:14:32: error: client "web" has "at" and "users"
                   14 |   web: { flow: report, at: 0s, users: 10 }
                      |                                ^~~~~
                   use one of them
                """)
    }

    @Test func aClientSends() {
        #expect(
            Shop.problems(Shop.changed(", at: 0s", to: "")) == """
                shop.yaml:14:8: error: client "web" needs one of: arrivals, users, at
                   14 |   web: { flow: report }
                      |        ^
                """)
    }

    @Test func someoneSends() {
        #expect(
            Shop.problems(Shop.changed("  web: { flow: report, at: 0s }", to: "  {}")) == """
                shop.yaml:14:3: error: nobody sends requests
                   14 |   {}
                      |   ^
                   write web: { flow: NAME, at: 0s }
                """)
    }

    @Test func onlyUsersThink() {
        #expect(
            Shop.problems(Shop.changed("at: 0s", to: "at: 0s, think: 1s")) == """
                shop.yaml:14:32: error: unknown key "think" in client "web"
                   14 |   web: { flow: report, at: 0s, think: 1s }
                      |                                ^~~~~
                   known: flow, keys, arrivals, users, at, times
                """)
    }

    @Test func usersWhoNeverWaitNeverEnd() {
        #expect(
            Shop.problems(Shop.changed("call: sql.get_order", to: "wait: 0s", and: "at: 0s", to: "users: 10")) == """
                shop.yaml:14:3: error: client "web" would send without end at one moment: it does not think, and \
                flow "report" may take no time
                   14 |   web: { flow: report, users: 10 }
                      |   ^~~
                   write think: 1s
                """)
    }

    @Test func someRequestComes() {
        #expect(
            Shop.problems(Shop.changed("at: 0s", to: "arrivals: { poisson: 0/s }")) == """
                shop.yaml:14:45: error: no request would ever come
                   14 |   web: { flow: report, arrivals: { poisson: 0/s } }
                      |                                             ^~~
                   write a rate above 0/s
                """)
    }

    @Test func arrivalsFitTheLimits() {
        #expect(
            Shop.problems(Shop.changed("at: 0s", to: "arrivals: { poisson: 20000/s }")) == """
                shop.yaml:14:34: error: about 1200000 requests would come from client "web", and limits.maxEvents \
                is 1000000
                   14 |   web: { flow: report, arrivals: { poisson: 20000/s } }
                      |                                  ^
                   lower the rate or the duration, or raise limits.maxEvents
                """)
    }

    @Test func rampsFitTheLimits() {
        let yaml = Shop.changed(
            "at: 0s", to: "arrivals: { rate: 1/s, ramps: [ { from: 0s, to: 60s, rate: 40000/s } ] }")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:14:34: error: about 1200030 requests would come from client "web", and limits.maxEvents \
                is 1000000
                   14 | …: report, arrivals: { rate: 1/s, ramps: [ { from: 0s, to: 60s, rate: 400…
                      |                      ^
                   lower the rate or the duration, or raise limits.maxEvents
                """)
    }

    @Test func rampsFollowEachOther() {
        let yaml = Shop.changed(
            "at: 0s",
            to: "arrivals: { rate: 1/s, ramps: [ { from: 10s, to: 20s, rate: 4/s }, { from: 15s, "
                + "to: 30s, rate: 1/s } ] }")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:14:91: error: begins at 15s, before the one above ends at 20s
                   14 | …from: 10s, to: 20s, rate: 4/s }, { from: 15s, to: 30s, rate: 1/s } ] } }
                      |                                   ^
                   write ramps in order, one after another
                """)
    }

    @Test func aControlHasAKnownPath() {
        let yaml = Shop.changed(
            adding: "controls:\n  - { set: backends.sql.latncy, from: 10ms, to: 100ms, step: 10ms }\n")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:16:12: error: unknown key "latncy" in backend "sql" (in backends.sql.latncy=10ms)
                   16 |   - { set: backends.sql.latncy, from: 10ms, to: 100ms, step: 10ms }
                      |            ^~~~~~~~~~~~~~~~~~~
                   did you mean "latency"?
                """)
    }

    @Test func aControlHasAKnownName() {
        let yaml = Shop.changed(adding: "controls:\n  - { set: backends.sq.latency, values: [10ms] }\n")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:16:12: error: there is no backend "sq" (in backends.sq.latency=10ms)
                   16 |   - { set: backends.sq.latency, values: [10ms] }
                      |            ^~~~~~~~~~~~~~~~~~~
                   did you mean "sql"?
                """)
    }

    @Test func aControlHasValidValues() {
        let yaml = Shop.changed(adding: "controls:\n  - { set: backends.sql.concurrency, values: [1, 2, x] }\n")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:16:53: error: expected a whole number, such as 10, found "x" (in backends.sql.concurrency=x)
                   16 |   - { set: backends.sql.concurrency, values: [1, 2, x] }
                      |                                                     ^
                """)
    }

    @Test func onlyValuesOfAControlHaveLabels() {
        let control = "{ set: backends.sql.queue, values: [0, unlimited], labels: { unlimted: All } }"
        #expect(
            Shop.problems(Shop.changed(adding: "controls:\n  - \(control)\n")) == """
                shop.yaml:16:66: error: unknown key "unlimted" in the labels of values
                   16 | … backends.sql.queue, values: [0, unlimited], labels: { unlimted: All } }
                      |                                                         ^~~~~~~~
                   did you mean "unlimited"?
                """)
    }

    @Test func aControlHasAValidRange() {
        let yaml = Shop.changed(adding: "controls:\n  - { set: duration, from: 30s, to: 1000h, step: 1h }\n")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:16:37: error: "3596430s" is too long for a run (in duration=3596430s)
                   16 |   - { set: duration, from: 30s, to: 1000h, step: 1h }
                      |                                     ^~~~~
                   write a duration up to 720h
                """)
    }

    @Test func aRangeGoesUp() {
        let yaml = Shop.changed(adding: "controls:\n  - { set: backends.sql.concurrency, from: 5, to: 1 }\n")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:16:51: error: from must be less than to
                   16 |   - { set: backends.sql.concurrency, from: 5, to: 1 }
                      |                                                   ^
                """)
    }

    @Test func aRangeOfDurationsHasAStep() {
        let yaml = Shop.changed(adding: "controls:\n  - { set: backends.sql.latency, from: 10ms, to: 100ms }\n")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:16:50: error: this range needs a step
                   16 |   - { set: backends.sql.latency, from: 10ms, to: 100ms }
                      |                                                  ^~~~~
                   write a step such as 9ms
                """)
    }

    @Test func aRangeHasFewValues() {
        #expect(
            Shop.problems(Shop.changed(adding: "controls:\n  - { set: seed, from: 0, to: 2000, step: 1 }\n")) == """
                shop.yaml:16:43: error: a control has at most 1000 values
                   16 |   - { set: seed, from: 0, to: 2000, step: 1 }
                      |                                           ^
                   use a larger step
                """)
    }

    @Test func aMarkIsWithinTheRunAndHasALabel() {
        #expect(
            Shop.problems(Shop.changed(adding: "marks:\n  - { at: 61s, label: x }\n  - { at: 1s }\n")) == """
                shop.yaml:16:11: error: 61s is after the end of the run, 60s
                   16 |   - { at: 61s, label: x }
                      |           ^~~
                shop.yaml:17:5: error: a mark needs "label"
                   17 |   - { at: 1s }
                      |     ^
                """)
    }

    @Test func aLabelIsInBothLanguages() {
        #expect(
            Shop.problems(Shop.changed(adding: "marks:\n  - { at: 1s, label: { en: It breaks } }\n")) == """
                shop.yaml:16:22: error: the label needs "es"
                   16 |   - { at: 1s, label: { en: It breaks } }
                      |                      ^
                """)
    }

    @Test func anInterventionNamesAKnownBackend() {
        #expect(
            Shop.problems(Shop.changed(adding: "interventions:\n  - { at: 1s, kill: sq }\n")) == """
                shop.yaml:16:21: error: there is no backend "sq"
                   16 |   - { at: 1s, kill: sq }
                      |                     ^~
                   did you mean "sql"?
                """)
    }

    @Test func anInterventionDoesOneThing() {
        let yaml = Shop.changed(adding: "interventions:\n  - { at: 1s }\n  - { at: 1s, kill: sql, restore: sql }\n")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:16:5: error: an intervention needs one of: kill, restore, crash, restart, join, leave, \
                set, errors, down, added, slow, hang, blackhole
                   16 |   - { at: 1s }
                      |     ^
                shop.yaml:17:26: error: an intervention has "kill" and "restore"
                   17 |   - { at: 1s, kill: sql, restore: sql }
                      |                          ^~~~~~~
                   use one of them
                """)
    }

    @Test func aFaultIsOnABackend() {
        #expect(
            Shop.problems(Shop.changed(adding: "interventions:\n  - { at: 1s, slow: 3x }\n")) == """
                shop.yaml:16:5: error: an intervention needs "on"
                   16 |   - { at: 1s, slow: 3x }
                      |     ^
                """)
    }

    @Test func anInterventionSetsAValidValue() {
        let yaml = Shop.changed(adding: "interventions:\n  - { at: 1s, set: backends.sql.latency.fixed, to: 80 }\n")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:16:52: error: "80" needs a unit: expected a duration, such as 250ms (in \
                backends.sql.latency.fixed=80)
                   16 |   - { at: 1s, set: backends.sql.latency.fixed, to: 80 }
                      |                                                    ^~
                   write 80ms
                """)
    }

    @Test func theSeedStaysDuringARun() {
        #expect(
            Shop.problems(Shop.changed(adding: "interventions:\n  - { at: 1s, set: seed, to: 8 }\n")) == """
                shop.yaml:16:20: error: "seed" cannot change during a run (in seed=8)
                   16 |   - { at: 1s, set: seed, to: 8 }
                      |                    ^~~~
                """)
    }
}
