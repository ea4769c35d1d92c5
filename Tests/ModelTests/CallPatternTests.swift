import Scenario
import Testing
import Trace

/// The table of the first lesson, and the flows behind it.
@Suite struct CallPatternTests {
    static let shop = """
        duration: 20s
        backends:
          sql: { latency: 500ms }
          cosmos: { latency: 500ms }
          rest: { latency: 500ms }
        caches:
          summary: { latency: 50ms, ttl: 60s }
        """

    static let threeCalls = "call: sql.calculate_metrics, call: cosmos.analyze_users, call: rest.check_stock"

    func latencies(flow: String, client: String = "at: 0s") throws -> [Double] {
        try rehearse("\(Self.shop)\nflows:\n  page:\n\(flow)\nclients:\n  web: { flow: page, \(client) }\n").latencies
    }

    @Test func threeCallsInSequenceTakeTheirSum() throws {
        let flow = "    - call: sql.run\n    - call: cosmos.run\n    - call: rest.run"
        #expect(try latencies(flow: flow) == [1500])
    }

    @Test func threeCallsInParallelTakeTheLongest() throws {
        let flow =
            "    - parallel: [ { call: sql.run }, { call: cosmos.run }, { call: rest.run } ]\n    - merge: concat"
        #expect(try latencies(flow: flow) == [500])
    }

    @Test func cachedAnswerTakesTheLookUp() throws {
        let flow = """
                - cache:
                    in: summary
                    key: sales
                    do:
                      - parallel: [ { call: sql.run }, { call: cosmos.run }, { call: rest.run } ]
                      - merge: concat
            """
        // Look up, call, store; then look up alone.
        #expect(try latencies(flow: flow, client: "at: [0s, 10s]") == [600, 50])
    }

    @Test func nestedBlocksAddUpAndRunBeside() throws {
        let flow = """
                - parallel:
                    - sequence: [ { call: sql.run }, { call: cosmos.run } ]
                    - sequence: [ { call: rest.run }, { wait: 200ms } ]
                    - repeat: { times: 3, do: [ { wait: 100ms } ] }
                - wait: 1ms
            """
        #expect(try latencies(flow: flow) == [1001])
    }

    /// Order details first; inventory needs `productId`, shipping only `orderId`: those two can run in parallel.
    @Test func laterCallUsesTheAnswerOfAnEarlierOne() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends:
              sql:
                latency: 100ms
                operations: { get_order: { returns: { productId: p-7, orderId: 12 } } }
              cosmos: { latency: 200ms }
              rest: { latency: 300ms }
            flows:
              order:
                - call: { to: sql.get_order, as: order }
                - parallel:
                    - call: { to: cosmos.check_inventory, args: { product: $order.productId } }
                    - call: { to: rest.get_shipping, args: { order: $order.orderId } }
            clients: { web: { flow: order, at: 0s } }
            """)
        #expect(trace.latencies == [400])
        #expect(
            trace.story(.callSent) == [
                "0 callSent sql get_order", "100 callSent cosmos check_inventory", "100 callSent rest get_shipping",
            ])
    }

    /// What a scenario cannot know before: an answer from a cache that lacks a field.
    @Test func missingDataFailsTheRequestAndSaysWhatIsMissing() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends:
              sql: { latency: 100ms, operations: { get: { returns: { id: 1 } }, use: } }
            caches: { store: { ttl: 10s } }
            flows:
              page:
                - cache: { in: store, key: k, do: [ { call: sql.get } ], as: order }
                - call: { to: sql.use, args: { product: $order.productId } }
            clients: { web: { flow: page, at: 0s } }
            """)
        #expect(
            trace.story(.dataMissing, .requestFinished) == [
                "100 dataMissing web $order.productId failed", "100 requestFinished web page failed",
            ])
        #expect(trace.why(trace.events.last).prefix(2) == ["web requestFinished", "web dataMissing"])
    }

    /// Latency stays flat as the fan-out grows, until the limit bites: ceil(N / limit) waves.
    @Test(arguments: [1, 2, 3, 9, 10, 11, 30], [1, 3, 10, 50])
    func fanOutTakesAsManyWavesAsTheLimitMakes(items: Int, limit: Int) throws {
        for steps in ["[ { call: cosmos.analyze } ]", "[ { wait: 0s }, { call: cosmos.analyze } ]"] {
            let trace = try rehearse(
                """
                duration: 1h
                backends:
                  sql: { latency: 100ms, operations: { get_top: { returns: { list: customer, count: \(items) } } } }
                  cosmos: { latency: 180ms }
                flows:
                  insights:
                    - call: { to: sql.get_top, as: top }
                    - forEach: { in: $top, as: customer, do: \(steps), limit: \(limit), save: results }
                    - merge: { how: zip, of: [ $top, $results ] }
                clients: { web: { flow: insights, at: 0s } }
                """)
            let waves = (items + limit - 1) / limit
            #expect(trace.latencies == [Double(100 + 180 * waves)])
            #expect(trace.all(.merged).map(\.value) == [Int64(items)])
        }
    }

    /// The same knee when it is the backend that has few slots.
    @Test func fanOutQueuesAtABackendWithFewSlots() throws {
        let trace = try rehearse(
            """
            duration: 1h
            backends: { cosmos: { latency: 180ms, concurrency: 4 } }
            flows:
              page:
                - forEach: { in: { list: customer, count: 10 }, as: customer, do: [ { call: cosmos.analyze } ] }
            clients: { web: { flow: page, at: 0s } }
            """)
        #expect(trace.latencies == [3 * 180])
        #expect(trace.all(.callQueued).map(\.value) == [1, 2, 3, 4, 5, 6])
    }

    /// Branches that are single calls run without tasks, others with: both ways must agree.
    @Test(arguments: [
        "{ call: good.run }, { call: bad.run }",
        "[ { call: good.run } ], [ { call: bad.run } ]",
        "{ call: good.run }, [ { call: bad.run }, { wait: 1s } ]",
    ])
    func firstFailureCancelsTheOthersAndTheBackendWorksOn(branches: String) throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends:
              good: { latency: 500ms }
              bad: { latency: 100ms, errors: 100% }
            flows: { page: [ { parallel: [ \(branches) ] } ] }
            clients: { web: { flow: page, at: 0s } }
            """)
        #expect(trace.latencies == [100])
        #expect(
            trace.story(.callFinished, .callAbandoned, .serviceFinished, .requestFinished) == [
                "100 serviceFinished bad run failed", "100 callFinished bad run failed",
                "100 callAbandoned good run cancelled", "100 requestFinished web page failed",
                "500 serviceFinished good run ok",
            ])
        #expect(trace.why(trace.all(.callAbandoned).first).contains("bad callFinished"))
    }

    @Test func failureEndsWaitsLookUpsAndBranchesWithinBranches() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends:
              good: { latency: 500ms }
              bad: { latency: 100ms, errors: 100% }
            caches: { slow: { ttl: 1s, latency: 300ms } }
            flows:
              page:
                - parallel:
                    - wait: 1s
                    - cache: { in: slow, key: k, do: [ { call: good.run } ] }
                    - forEach: { in: [a, b, c], as: item, do: [ { call: good.run } ], limit: 2 }
                    - call: bad.run
            clients: { web: { flow: page, at: 0s } }
            """)
        #expect(trace.latencies == [100])
        #expect(trace.all(.callAbandoned).count == 2)
        #expect(trace.all(.callSent, "good").count == 2)
        #expect(
            trace.story(.waitFinished, .cacheAbandoned, .stepFinished) == [
                "100 waitFinished web cancelled", "100 cacheAbandoned slow k cancelled",
                "100 stepFinished web forEach item cancelled", "100 stepFinished web parallel failed",
            ])
        for event in trace.events where event.outcome == .cancelled {
            #expect(trace.why(event).contains("bad callFinished"), "\(trace.line(event))")
        }
    }

    @Test func hopsAreTravelledBothWays() throws {
        let trace = try rehearse(
            """
            duration: 10s
            network: { hop: 5ms }
            backends:
              near: { latency: 100ms }
              far: { latency: 100ms, hop: 40ms }
            flows: { page: [ { call: near.run }, { call: far.run } ] }
            clients: { web: { flow: page, at: 0s } }
            """)
        #expect(trace.latencies == [110 + 180])
        #expect(trace.all(.callSent).map(\.value) == [5_000_000, 40_000_000])
        #expect(trace.story(.callArrived) == ["5 callArrived near run", "150 callArrived far run"])
    }

    @Test func mergeWithoutPartsJoinsAllAnswersInTheOrderOfTheFlow() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends:
              a: { latency: 300ms, operations: { get: { returns: [1, 2, 3] } } }
              b: { latency: 100ms, operations: { get: { returns: { list: x, count: 4 } } } }
              c: { latency: 200ms }
            flows:
              page:
                - parallel: [ { call: a.get }, { call: b.get } ]
                - call: c.get
                - merge: concat
                - merge: zip
            clients: { web: { flow: page, at: 0s } }
            """)
        // Three of a, four of b, and the answer without data of c; then the joined list alone.
        #expect(trace.all(.merged).map(\.value) == [8, 8])
    }
}
