import Scenario
import Testing

extension Shop {
    /// Every part of services, messages, choices and clocks at least once.
    static let services = """
        duration: 60s
        backends:
          sql: { latency: 120ms, clock: 40ms, operations: { orders: { returns: { id: 7 } }, get: { knows: [a, b] } } }
          audit: { latency: 1ms, clock: -1.5s, servers: { a1: { clock: 2ms }, a2: {} } }
          insights:
            latency: 5ms
            concurrency: 10
            operations:
              get:
                latency: 10ms
                idempotent: false
                do:
                  - parallel: [ call: { to: sql.orders, as: order, with: guarded }, [ wait: 1ms, call: stock.check ] ]
                  - cache: { in: near, key: "k:$key", do: { call: { to: sql.get, key: $key } } }
                  - forEach: { in: [1, 2], as: item, do: { send: { to: audit.note, args: { item: $item } } } }
                  - fallback: { do: [ call: stock.check ], omit: true }
          stock:
            latency: 2ms
            servers: { count: 2 }
            operations: { check: { do: { call: sql.orders } } }
        caches: { near: { ttl: 5s } }
        policies: { guarded: [ retry: { attempts: 3 } ], walled: [ bulkhead: { concurrent: 3 } ] }
        keys: { customer: [a, b] }
        flows:
          page:
            - guard: { with: walled, do: [ call: insights.get ] }
            - send: audit.note
            - send: { to: audit.note, args: { who: $key }, key: "n-$key", lost: 5% }
            - choose:
                - { label: cache hit, share: 80%, do: [ wait: 1ms ] }
                - { share: 20%, do: { call: stock.check } }
            - choose: { by: device, of: [ { share: 30%, do: { send: { to: audit.note, lost: true } } } ] }
        clients: { web: { flow: page, keys: customer, arrivals: { poisson: 5/s } } }
        controls:
          - { set: backends.sql.clock, from: -100ms, to: 100ms, step: 50ms }
          - { set: backends.insights.operations.get.latency, from: 10ms, to: 50ms, step: 20ms }
          - { set: backends.insights.operations.get.do.1.cache.in, values: [near] }
          - { set: flows.page.2.send.lost, values: [0%, 50%, true] }
          - { set: flows.page.3.choose.0.share, from: 0%, to: 80%, step: 40% }
          - { set: flows.page.4.choose.of.0.share, from: 0%, to: 100%, step: 50% }
        interventions:
          - { at: 1s, set: backends.audit.servers.a2.clock, to: -7ms }
          - { at: 2s, set: flows.page.1.send.lost, to: 10% }

        """
}

/// Services that call services, messages, choices and clocks, as they are read.
@Suite struct ServiceReadingTests {
    private let scenario: Scenario

    init() throws { scenario = try ScenarioDocument(yaml: Shop.services, file: "shop.yaml").scenario }

    @Test func anOperationHasSteps() throws {
        let operation = try #require(scenario.backends[2].operations.first)
        #expect(operation.steps.count == 4)
        #expect(
            operation.steps[0]
                == .parallel([
                    .call(Call(backend: "sql", operation: "orders", saveAs: "order", policy: "guarded")),
                    .sequence([.wait(.fixed(.milliseconds(1))), .call(Call(backend: "stock", operation: "check"))]),
                ]))
        #expect(!operation.isIdempotent)
        #expect(scenario.backends[0].operations.allSatisfy { $0.steps.isEmpty })
    }

    @Test func serversDoWhatTheirPoolDoes() throws {
        let stock = try #require(scenario.backends.last)
        let steps = [Step.call(Call(backend: "sql", operation: "orders"))]
        #expect(stock.operations.map(\.steps) == [steps])
        #expect(stock.pool?.servers.map { $0.backend.operations.map(\.steps) } == [[steps], [steps]])
    }

    @Test func clocksAreAheadOrBehind() {
        #expect(scenario.everyBackend.map(\.clock) == [40, 2, -1500, 0, 0, 0].map { Duration.milliseconds($0) })
    }

    @Test func messagesAndChoicesAreSteps() {
        let note = Call(backend: "audit", operation: "note")
        var keyed = note
        keyed.arguments = [Argument(name: "who", value: .reference(["key"]))]
        keyed.key = .joined([.literal(.text("n-")), .reference(["key"])])
        #expect(scenario.flows[0].steps[1] == .send(Send(call: note)))
        #expect(scenario.flows[0].steps[2] == .send(Send(call: keyed, lost: 0.05)))
        #expect(
            scenario.flows[0].steps[3]
                == .choose(
                    Choose(branches: [
                        .init(label: "cache hit", share: 0.8, steps: [.wait(.fixed(.milliseconds(1)))]),
                        .init(share: 0.2, steps: [.call(Call(backend: "stock", operation: "check"))]),
                    ])))
        #expect(
            scenario.flows[0].steps[4]
                == .choose(
                    Choose(by: "device", branches: [.init(share: 0.3, steps: [.send(Send(call: note, lost: 1))])])))
    }

    @Test(arguments: [
        ("backends.stock.clock", "0s"), ("backends.sql.clock", "40ms"), ("backends.audit.servers.a2.clock", "-1.5s"),
        ("backends.sql.operations.orders.latency", "120ms"), ("flows.page.1.send.lost", "0%"),
        ("flows.page.2.send.lost", "5%"), ("backends.insights.operations.get.do.2.forEach.do.send.lost", "0%"),
    ])
    func whatIsNotWrittenHasADefault(path: String, value: String) throws {
        let document = try ScenarioDocument(yaml: Shop.services, file: "shop.yaml")
        #expect(document.value(at: path) == value)
    }
}
