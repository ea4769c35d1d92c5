import Scenario
import Testing

/// What is said about steps inside policies and about fallbacks.
@Suite struct PolicyFlowTests {
    private static let policies = """
        policies:
          patient: [ retry: { attempts: 3 } ]
          walled: [ timeout: 1s, bulkhead: { concurrent: 5 } ]
          soft: [ fallback: omit, timeout: 1s ]

        """

    private func problems(_ steps: String) -> String { Shop.problems(Shop.flow(steps) + Self.policies) }

    @Test func aPolicyMustBeThere() {
        #expect(
            problems("call: { to: sql.get_order, with: patent }") == """
                shop.yaml:12:46: error: there is no policy "patent"
                   12 |   report: [ call: { to: sql.get_order, with: patent } ]
                      |                                              ^~~~~~
                   did you mean "patient"?
                """)
        #expect(
            Shop.problems(Shop.flow("guard: { with: patient, do: [ call: rest.x ] }")) == """
                shop.yaml:12:28: error: there is no policy "patient"
                   12 |   report: [ guard: { with: patient, do: [ call: rest.x ] } ]
                      |                            ^~~~~~~
                   add it to policies
                """)
    }

    @Test func aGuardHasAPolicyAndSteps() {
        #expect(
            problems("guard: {}") == """
                shop.yaml:12:20: error: guard needs "with"
                   12 |   report: [ guard: {} ]
                      |                    ^
                shop.yaml:12:20: error: guard needs "do"
                   12 |   report: [ guard: {} ]
                      |                    ^
                """)
        #expect(
            problems("guard: { with: patient, do: [] }") == """
                shop.yaml:12:41: error: guard has no steps
                   12 |   report: [ guard: { with: patient, do: [] } ]
                      |                                         ^
                """)
        #expect(
            problems("guard: { with: patient, steps: [ call: rest.x ] }").contains("unknown key \"steps\" in guard"))
    }

    @Test func anIdempotencyKeyIsThereOrNot() {
        #expect(
            problems("call: { to: sql.get_order, idempotencyKey: yes }") == """
                shop.yaml:12:56: error: expected true or false, found "yes"
                   12 |   report: [ call: { to: sql.get_order, idempotencyKey: yes } ]
                      |                                                        ^~~
                   write true
                """)
    }

    @Test func aBulkheadInsideItselfWouldWaitForItself() {
        #expect(
            problems("guard: { with: walled, do: [ wait: 1s, call: { to: rest.x, with: walled } ] }") == """
                shop.yaml:12:78: error: policy "walled" is already round this step, and its bulkhead would wait \
                for itself
                   12 | …{ with: walled, do: [ wait: 1s, call: { to: rest.x, with: walled } ] } ]
                      |                                                            ^~~~~~
                   use another policy here
                """)
        let inner = "guard: { with: soft, do: [ guard: { with: walled, do: [ wait: 1s ] } ] }"
        #expect(problems("guard: { with: walled, do: [ \(inner) ] }").contains("its bulkhead would wait for itself"))
        #expect(problems("guard: { with: patient, do: [ call: { to: rest.x, with: patient } ] }") == "")
        #expect(
            problems("guard: { with: walled, do: [ call: rest.x ] }, call: { to: rest.x, with: walled }") == "",
            "one after the other is no nesting")
    }

    @Test func aFallbackAnswersInOneWay() {
        #expect(
            problems("fallback: { do: [ call: rest.x ] }") == """
                shop.yaml:12:23: error: fallback needs one of: value, stale, omit, or
                   12 |   report: [ fallback: { do: [ call: rest.x ] } ]
                      |                       ^
                """)
        #expect(
            problems("fallback: { do: [ call: rest.x ], omit: true, stale: any }") == """
                shop.yaml:12:59: error: fallback has "omit" and "stale"
                   12 |   report: [ fallback: { do: [ call: rest.x ], omit: true, stale: any } ]
                      |                                                           ^~~~~
                   use one of them
                """)
        #expect(problems("fallback: { omit: true }").contains("fallback needs \"do\""))
        #expect(problems("fallback: { do: [], omit: true }").contains("fallback has no steps"))
        #expect(problems("fallback: { do: [ call: rest.x ], or: [] }").contains("or has no steps"))
        #expect(problems("fallback: { do: [ call: rest.x ], stale: 0s }").contains("must be more than 0s"))
    }

    /// What is known of an answer that may be made up.
    private func using(_ step: String, _ reference: String) -> String {
        problems("\(step), call: { to: rest.x, args: { id: \(reference) } }")
    }

    @Test func aFallbackAnswersWhatItsWorkAnswers() {
        let step = "fallback: { do: [ wait: 1s, call: sql.get_order ], value: { productId: none }, as: order }"
        #expect(using(step, "$order.productId") == "")
        #expect(
            using(step, "$order.productid") == """
                shop.yaml:12:137: error: $order has no "productid"; it comes from fallback
                   12 | …e }, as: order }, call: { to: rest.x, args: { id: $order.productid } } ]
                      |                                                    ^~~~~~~~~~~~~~~~
                   did you mean "productId"?
                """)
    }

    @Test(arguments: [
        ("[ call: sql.get_order ]", "$order.productId"),
        ("[ sequence: [ call: rest.x, call: sql.get_order ] ]", "$order.productId"),
        ("[ repeat: { times: 2, do: [ call: sql.get_order ] }, wait: 1s ]", "$order.productId"),
        ("[ guard: { with: soft, do: [ call: sql.get_order ] } ]", "$order.productId"),
        ("[ cache: { in: sales, key: k, do: [ call: sql.get_order ] } ]", "$order.productId"),
        ("[ fallback: { do: [ call: sql.get_order ], omit: true } ]", "$order.productId"),
        ("[ parallel: [ call: sql.get_order, call: rest.x ] ]", "$order.0.productId"),
    ])
    func theShapeOfWorkIsThatOfItsLastAnswer(steps: String, reference: String) {
        let step = "fallback: { do: \(steps), value: 1, as: order }"
        #expect(using(step, reference) == "")
        #expect(using(step, reference + "s").contains("did you mean \"productId\"?"))
    }

    @Test func theShapeOfAMergeIsNotKnown() {
        #expect(using("fallback: { do: [ merge: concat ], omit: true, as: all }", "$all.whatever") == "")
    }

    @Test func whatAFallbackMayNotHaveSavedIsNotKnown() {
        let order = "call: { to: sql.get_order, as: order }"
        #expect(
            using("fallback: { do: [ \(order) ], omit: true }", "$order.productId") == """
                shop.yaml:12:119: error: "order" is not known here: it is not known when the fallback answers
                   12 | … ], omit: true }, call: { to: rest.x, args: { id: $order.productId } } ]
                      |                                                    ^~~~~~~~~~~~~~~~
                   save the result of that step under a name
                """)
        #expect(
            using("guard: { with: soft, do: [ \(order) ] }", "$order.productId")
                .contains("it is not known when the policy's fallback answers"))
        #expect(using("guard: { with: patient, do: [ \(order) ] }", "$order.productId") == "")
        #expect(
            using("fallback: { do: [ call: rest.x ], or: [ \(order) ] }", "$order")
                .contains("it is known only when the fallback answers"))
        #expect(
            problems("fallback: { do: [ \(order) ], or: [ call: { to: rest.x, args: { id: $order } } ] }")
                .contains("it is not known when the fallback answers"))
    }

    @Test func aFallbackSavesForStepsAtTheSameTimeToo() {
        let branch = "fallback: { do: [ call: { to: sql.get_order, as: inner } ], value: { as: x }, as: order }"
        let zip = "merge: { how: zip, of: [$order, $other] }"
        #expect(problems("parallel: [ \(branch), call: { to: rest.x, as: other } ], \(zip)") == "")
        #expect(
            problems("parallel: [ \(branch), call: { to: rest.x, as: order } ]")
                .contains("\"order\" is also saved by a step that runs at the same time"))
    }

    @Test func attemptsCopiesAndOtherSourcesAreNotCountedAsWork() {
        let limits = "limits: { maxEvents: 10 }\n"
        let yaml =
            Shop.flow(
                """
                guard: { with: patient, do: [ repeat: { times: 5, do: [ call: rest.x ] } ] }, \
                fallback: { do: [ wait: 1s ], or: [ repeat: { times: 900, do: [ call: rest.x ] } ] }
                """) + Self.policies + limits
        #expect(Shop.problems(yaml) == "", "the least that a request takes is within the limit")
        let more = Shop.flow("guard: { with: patient, do: [ repeat: { times: 50, do: [ call: rest.x ] } ] }")
        #expect(
            Shop.problems(more + Self.policies + limits)
                .contains("one request of flow \"report\" takes 50 steps, and limits.maxEvents is 10"))
    }
}

/// Users who do not think, and policies that turn calls away at once.
@Suite struct PolicyTimeTests {
    private func neverEnds(_ steps: String) -> Bool {
        let yaml = Shop.changed("call: sql.get_order", to: steps, and: "at: 0s", to: "users: 3")
        let policies = """
            policies:
              breaker: [ breaker: { failures: 5, open: 1s } ]
              limiter: [ rateLimit: { fixedWindow: { limit: 1, window: 1s } } ]
              walled: [ bulkhead: { concurrent: 1 } ]
              patient: [ bulkhead: { concurrent: 1, full: wait }, retry: { attempts: 3 }, timeout: 1s, hedge: 1ms ]
              soft: [ fallback: { value: 1 }, breaker: { failures: 5, open: 1s } ]
              stale: [ fallback: { stale: any }, timeout: 1s ]

            """
        let said = Shop.problems(yaml + policies)
        #expect(said == "" || said.contains("would send without end at one moment"), "\(said)")
        return !said.isEmpty
    }

    @Test(arguments: ["breaker", "limiter", "walled", "soft"])
    func whatIsTurnedAwayTakesNoTime(policy: String) {
        #expect(neverEnds("call: { to: rest.x, with: \(policy) }"))
        #expect(neverEnds("guard: { with: \(policy), do: [ wait: 1s ] }"))
    }

    @Test(arguments: ["patient", "stale"])
    func whatMayOnlyWaitTakesItsTime(policy: String) {
        #expect(!neverEnds("call: { to: rest.x, with: \(policy) }"))
        #expect(neverEnds("guard: { with: \(policy), do: [ wait: 0s ] }"))
    }

    @Test func aFailureAfterSomeTimeTakesTime() {
        #expect(!neverEnds("wait: 1ms, call: { to: rest.x, with: breaker }"))
        #expect(neverEnds("call: { to: rest.x, with: breaker }, wait: 1ms"), "the failure ends the request")
        #expect(neverEnds("parallel: [ wait: 1ms, call: { to: rest.x, with: breaker } ]"))
    }

    @Test func aFallbackForWhatIsTurnedAwayTakesItsOwnTime() {
        let call = "call: { to: rest.x, with: breaker }"
        #expect(!neverEnds("fallback: { do: [ \(call) ], or: [ call: rest.x ] }"))
        #expect(neverEnds("fallback: { do: [ \(call) ], omit: true }"))
        #expect(!neverEnds("fallback: { do: [ \(call) ], omit: true }, wait: 1ms"))
        #expect(neverEnds("fallback: { do: [ \(call) ], stale: any }, wait: 1ms"), "there may be nothing stale")
    }
}
