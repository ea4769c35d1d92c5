import Testing

/// What is said about answers of backends, rows, and several requests at once.
@Suite struct AnswerProblemTests {
    private func backend(_ keys: String) -> String {
        Shop.problems(Shop.changed("rest: { latency: 10ms }", to: "rest: { latency: 10ms, \(keys) }"))
    }

    @Test func aBackendAnswersAKnownStatus() {
        #expect(
            backend("answer: 502") == """
                shop.yaml:8:34: error: no backend answers 502
                   8 |   rest: { latency: 10ms, answer: 502 }
                     |                                  ^~~
                   known: 400, 401, 403, 404, 409, 429, 500, 503
                """)
        #expect(
            backend("answer: rest") == """
                shop.yaml:8:34: error: expected a status, such as 503, found "rest"
                   8 |   rest: { latency: 10ms, answer: rest }
                     |                                  ^~~~
                   did you mean "reset"?
                """)
        #expect(backend("answer: { retryAfter: 2s }").contains("an answer needs \"status\""))
        #expect(backend("answer: { status: 429, retryAfter: 2 }").contains("\"2\" needs a unit"))
        #expect(backend("answer: [503]").contains("expected a status, such as 503, found a list"))
    }

    @Test func onlyErrorsSayWhatTheyAnswer() {
        #expect(backend("faults: [ { from: 1s, errors: 5%, answer: 418 } ]").contains("no backend answers 418"))
        #expect(
            backend("faults: [ { from: 1s, down: true, answer: 503 } ]")
                .contains("unknown key \"answer\" in a fault"))
        let yaml = Shop.changed(adding: "interventions: [ { at: 1s, slow: 2x, on: rest, answer: 503 } ]\n")
        #expect(Shop.problems(yaml).contains("unknown key \"answer\" in an intervention"))
        #expect(
            backend("faults: [ { from: 1s, blackhole: false } ]") == """
                shop.yaml:8:59: error: blackhole: false is no fault
                   8 |   rest: { latency: 10ms, faults: [ { from: 1s, blackhole: false } ] }
                     |                                                           ^~~~~
                   write blackhole: true, or remove it
                """)
    }

    @Test func anOperationDoesOneThingToARow() {
        #expect(
            backend("operations: { x: { reads: row, updates: row } }") == """
                shop.yaml:8:66: error: an operation reads a row or updates it, not both
                   8 | …rest: { latency: 10ms, operations: { x: { reads: row, updates: row } } }
                     |                                                                 ^~~
                   make two operations of it
                """)
        #expect(backend("operations: { x: { reads: [] } }").contains("expected the name of a row"))
        #expect(backend("operations: { x: { updates: a row } }").contains("\"a row\" is not a name"))
        #expect(backend("operations: { x: { idempotent: no } }").contains("expected true or false"))
    }

    @Test func onlyRequestsAtATimeComeSeveralAtOnce() {
        #expect(
            Shop.problems(Shop.changed("at: 0s }", to: "at: 0s, times: 0 }")) == """
                shop.yaml:14:39: error: 0 is not within 1 to 1000000
                   14 |   web: { flow: report, at: 0s, times: 0 }
                      |                                       ^
                   write 1
                """)
        #expect(
            Shop.problems(Shop.changed("at: 0s }", to: "users: 5, think: 1s, times: 3 }"))
                .contains("unknown key \"times\" in client \"web\""))
        #expect(
            Shop.problems(Shop.changed("at: 0s }", to: "at: [0s, 1s], times: 600000 }")) == """
                shop.yaml:14:45: error: 1200000 requests would come from client "web", and limits.maxEvents is 1000000
                   14 |   web: { flow: report, at: [0s, 1s], times: 600000 }
                      |                                             ^~~~~~
                   send fewer, or raise limits.maxEvents
                """)
    }
}
