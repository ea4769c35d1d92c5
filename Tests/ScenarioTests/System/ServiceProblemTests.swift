import Scenario
import Testing

/// What is said about services, messages, choices and clocks.
@Suite struct ServiceProblemTests {
    /// Operations of `rest`, which has keys to be called with only where that is written.
    private func operations(_ table: String, flow: String = "call: sql.get_order", and more: String = "") {
        ProblemTable.check(table) { written in
            Shop.changed(
                "rest: { latency: 10ms }", to: "rest: { latency: 10ms, operations: { \(written) } }",
                and: "call: sql.get_order", to: flow, adding: more)
        }
    }

    private func steps(_ table: String) {
        ProblemTable.check(table) { Shop.flow($0) }
    }

    @Test func stepsOfAnOperationAreCheckedLikeThoseOfAFlow() {
        operations(
            """
            x: { do: [] }
              49: what "rest.x" does has no steps
            x: { do: [ call: sql.get_ordr ] }
              61: backend "sql" has no operation "get_ordr"
                did you mean "get_order"?
            x: { do: [ call: { to: sql.get_order, as: o }, call: { to: sql.get_top, args: { id: $o.productid } } ] }
              124: $o has no "productid"; it comes from sql.get_order
                did you mean "productId"?
            x: { do: [ cal: sql.get_order ] }
              51: unknown step "cal"
                did you mean "call"?
            x: { steps: [ call: sql.get_order ] }
              45: unknown key "steps" in operation "x"
                known: latency, returns, knows, do, idempotent, reads, updates
            """)
    }

    @Test func operationsDoNotCallEachOtherInACircle() {
        operations(
            """
            x: { do: [ call: rest.x ] }
              57: operations call each other in a circle: rest.x -> rest.x
                remove this call
            x: { do: [ call: rest.y ] }, y: { do: { parallel: [ wait: 1ms, send: { to: rest.x } ] } }
              115: operations call each other in a circle: rest.x -> rest.y -> rest.x
                remove this call
            x: { do: [ call: rest.y, call: rest.z ] }, y: { do: [ call: rest.z ] }, z: { do: [ call: sql.get_top ] }
            """)
    }

    @Test func chainsHaveAnEnd() {
        func chain(_ count: Int) -> String {
            let links = (1..<count).map { "o\($0): { do: [ call: rest.o\($0 + 1) ] }" } + ["o\(count): {}"]
            let operations = links.joined(separator: ", ")
            return Shop.changed(
                "rest: { latency: 10ms }", to: "rest: { latency: 10ms, operations: { \(operations) } }")
        }
        #expect(Shop.places(chain(101)) == [])
        let problems = Shop.places(chain(3000))
        #expect(problems.count == 1)
        #expect(problems.first?.hasSuffix("operations call each other more than 100 levels deep") == true)
    }

    @Test func anOperationHasAKeyOnlyWhenEveryCallOfItHasOne() {
        operations(
            """
            x: { do: [ call: { to: rest.y, key: "k-$key" } ] }, y: {}
              79: "key" is not known here: a call of rest.x in line 12 is about none
                write key: KEY in that call
            x: { do: [ call: rest.y ] }, y: { knows: [a] }
              57: y answers only to keys that it knows, and this call may have none: \
            a call of rest.x in line 12 is about none
                write key: KEY here or there
            x: { do: [ call: rest.z ] }, z: { do: [ call: { to: rest.y, key: $key } ] }, y: {}
              105: "key" is not known here: a call of rest.z in line 8 is about none
                write key: KEY in that call
            x: { do: [ call: { to: rest.y, key: a } ] }, \
            y: { do: [ call: { to: rest.z, key: $key } ] }, z: { knows: [a] }
            """, flow: "call: rest.x")
        operations(
            "x: { do: [ call: rest.z ] }, z: { do: [ call: { to: rest.y, key: $key } ] }, y: { knows: [a] }",
            flow: "call: { to: rest.x, key: a }")
    }

    @Test func theWorkOfServicesCounts() {
        operations(
            """
            x: { do: [ repeat: { times: 1000, do: [ call: rest.y ] } ] }, \
            y: { do: [ repeat: { times: 1000, do: [ call: sql.get_top ] } ] }
              3: one request of flow "report" takes 1001001 steps, and limits.maxEvents is 1000000
                repeat less, or raise limits.maxEvents
            """, flow: "call: rest.x")
    }

    @Test func nothingWaitsForItselfThroughAService() {
        let walled = "policies: { walled: [ bulkhead: { concurrent: 3 } ], patient: [ retry: { attempts: 2 } ] }\n"
        operations(
            """
            x: { do: [ call: { to: rest.y, with: walled } ] }, y: {}
              48: policy "walled" is round this call and is used by what rest.x does too, \
            and its bulkhead would wait for itself
                use another policy in one of the two places
            x: { do: [ call: { to: rest.y, with: patient } ] }, y: {}
            """, flow: "guard: { with: walled, do: [ call: rest.x ] }", and: walled)
        operations(
            """
            x: { do: [ cache: { in: sales, key: k, do: [ call: rest.y ] } ] }, y: {}
              53: rest.x asks cache "sales" for a key that is being loaded round this call
                use another key in one of the two places
            x: { do: [ write: { in: sales, key: other, do: [ call: rest.y ] } ] }, y: {}
              53: rest.x writes cache "sales" while it is being filled
                put this call after that step
            x: { do: [ cache: { in: sales, key: other, do: [ call: rest.y ] } ] }, y: {}
            """, flow: "cache: { in: sales, key: k, do: [ call: rest.x ] }")
    }

    @Test func aMessageHasATargetAndNoAnswer() {
        steps(
            """
            send: rest
              19: expected backend.operation, found "rest"
                write rest.OPERATION
            send: { to: rest.x, as: answer }
              33: unknown key "as" in send
                known: to, args, key, lost
            send: { to: rest.x, with: guarded }
              33: unknown key "with" in send
                known: to, args, key, lost
            send: { to: rest.x, lost: maybe }
              39: expected a share, such as 5%, found "maybe"
            send: { to: rest.x, lost: 120% }
              39: "120%" is not within 0% to 100%
                write 100%
            """)
    }

    @Test func theSharesOfAChoiceAreNoMoreThanAll() {
        steps(
            """
            choose: []
              21: choose has no branches
            choose: { by: cache }
              21: choose needs "of"
            choose: { by: two words, of: [ { share: 1%, do: [ wait: 1ms ] } ] }
              27: "two words" is not a name
                names have letters, digits, _ and -, begin with a letter, and are at most 64 long
            choose: [ { share: 80%, do: [ wait: 1ms ] }, { share: 30%, do: [ wait: 1ms ] } ]
              67: with this branch the shares are more than 100% together
                at most 20%
            choose: [ { do: [ wait: 1ms ] } ]
              23: a branch needs "share"
            choose: [ { share: 100%, do: [ call: { to: rest.x, as: answer } ] } ], \
            call: { to: rest.y, args: { a: $answer } }
              115: "answer" is not known here: it is known only in that branch
                save the result of that step under a name
            choose: [ { share: 50%, do: [ wait: 1ms ] }, { share: 50%, do: [ wait: 1ms ] } ]
            """)
    }

    @Test func aClockIsADuration() {
        ProblemTable.check(
            """
            { latency: 10ms, clock: 40 }
              33: "40" needs a unit: expected a duration, such as 40ms or -20ms
                write 40ms
            { latency: 10ms, clock: --4ms }
              33: expected a duration, such as 40ms or -20ms, found "--4ms"
            { latency: 10ms, clock: -9000h }
              33: "-9000h" is too long
                at most 8760h
            { latency: -10ms, clock: -20ms }
              20: "-10ms" is negative
            """
        ) { Shop.changed("{ latency: 10ms }", to: $0) }
    }
}
