import Diagrams
import Scenario
import Testing

@Suite("A diagram as a scenario")
struct DiagramTranslationTests {
    /// The flow, the operations and the backends that a diagram becomes, as YAML.
    private func yaml(_ lines: String..., extra: String = "") throws -> String {
        let text = (["sequenceDiagram"] + lines).map { "  \($0)\n" }.joined()
        return try ScenarioDocument(yaml: "diagram: |\n\(text)\(extra)", file: "shop.yaml").yaml
    }

    private func expect(_ yaml: String, has parts: String..., sourceLocation: SourceLocation = #_sourceLocation) {
        for part in parts { #expect(yaml.contains(part), "\(yaml)", sourceLocation: sourceLocation) }
    }

    @Test("calls become operations of those that they go to, and a flow of the client")
    func calls() throws {
        let text = try yaml("User->>Shop: buy", "Shop->>SQL: get order", "SQL-->>Shop: order", "Shop-->>User: done")
        #expect(
            text == """
                duration: 10s
                backends:
                  Shop: { latency: 0s, operations: { buy: { do: [{ call: SQL.get-order }] } } }
                  SQL: { latency: 50ms, operations: { get-order: ~ } }
                flows:
                  diagram: [{ call: Shop.buy }]
                clients:
                  User: { flow: diagram, at: 0s }

                """)
        #expect(try ScenarioDocument(yaml: text, file: "again.yaml").yaml == text)
    }

    @Test("two messages of one text become two operations")
    func namesAreUnique() throws {
        let text = try yaml("A->>web shop: get order", "A->>web shop: get order", "A->>1: ", "A->>1: x", "A->>1: 50 %")
        expect(text, has: "web-shop:", "get-order: ~", "get-order-2: ~", "participant:", "call: ~", "x: ~", "call-2: ~")
    }

    @Test("a call without a written answer ends when its sender goes on")
    func unansweredCalls() throws {
        let text = try yaml("A->>B: one", "B->>C: inside", "A->>D: two", "B->>C: late")
        expect(text, has: "one: { do: [{ call: C.inside }] }")
        expect(text, has: "diagram: [{ call: B.one }, { call: D.two }, { call: C.late }]")
    }

    @Test("who waits can be called back, and what it then does belongs to that call")
    func callbacks() throws {
        let text = try yaml(
            "A->>B: start", "B->>A: which?", "A->>C: look", "C-->>A: this", "A-->>B: this", "B-->>A: done")
        expect(text, has: "which: { do: [{ call: C.look }] }", "start: { do: [{ call: A.which }] }")
        expect(text, has: "diagram: [{ call: B.start }]", "A-client: { flow: diagram, at: 0s }")
    }

    @Test("messages without an answer to wait for are sent; what their receiver does is its own work")
    func sends() throws {
        let text = try yaml("A-)Queue: order", "Queue->>SQL: store", "A->>B: next", "Queue->>SQL: more", "A-xB: lost")
        expect(text, has: "order: { do: [{ call: SQL.store }, { call: SQL.more }] }")
        expect(text, has: "{ send: Queue.order }", "{ send: { to: B.lost, lost: true } }")
    }

    @Test("what nobody waits for goes on behind its block")
    func sendsInBlocks() throws {
        let text = try yaml("A->>B: x", "alt a", "A-)Mail: one", "else b", "A-)Mail: two", "end", "Mail->>SQL: store")
        expect(text, has: "one: { do: [{ call: SQL.store }] }", "two: ~")
    }

    @Test("an answer in one section of a block leaves the call open to the block's end")
    func answersInBlocks() throws {
        let text = try yaml(
            "A->>B: get", "alt hit (80%)", "B-->>A: cached", "else miss", "B->>C: load", "C-->>B: data",
            "B-->>A: fresh", "end", "A->>D: next")
        expect(
            text, has: "share: 80%", "share: 20%", "call: C.load", "diagram: [{ call: B.get }, { call: D.next }]")
    }

    @Test("a block that several share falls alike for all of them")
    func sharedBlocks() throws {
        let text = try yaml(
            "A->>+B: get", "alt ok", "B->>C: store", "A->>D: commit", "else", "A->>D: roll back", "end", "B-->>-A: x")
        #expect(text.split(separator: "by: alt-1").count == 3, "\(text)")
    }

    @Test("blocks become steps: loops repeat, par runs at once, the first of alt is taken, opt is, break is not")
    func blocks() throws {
        expect(try yaml("loop 5 times", "A->>B: x", "end"), has: "repeat: { times: 5, do: [{ call: B.x }] }")
        expect(try yaml("loop every 500ms", "A->>B: x", "end"), has: "times: 3")
        expect(
            try yaml("par one", "A->>B: x", "and two", "A->>C: y", "A->>C: z", "end"),
            has: "parallel: [{ call: B.x }, { sequence: [{ call: C.y }, { call: C.z }] }]")
        expect(
            try yaml("alt a", "A->>B: x", "else b", "A->>B: y", "end"),
            has: "label: a, share: 100%, do: [{ call: B.x }]", "label: b, share: 0%, do: [{ call: B.y }]")
        expect(try yaml("opt rarely: 5%", "A->>B: x", "end"), has: "share: 5%")
        expect(try yaml("critical save", "A->>B: x", "option down (10 %)", "A->>C: y", "end"), has: "share: 90%")
        expect(try yaml("rect rgb(1,2,3)", "A->>B: x", "end"), has: "diagram: [{ call: B.x }]")
        let text = try yaml("A->>B: x", "break full (25%)", "A->>B: stop", "end", "A->>B: go on")
        expect(text, has: "share: 25%, do: [{ call: B.stop }]", "share: 75%, do: [{ call: B.go-on }]")
    }

    @Test("times come from notes, from messages, and from participants that nobody has called yet")
    func times() throws {
        let text = try yaml(
            "Note over SQL: ~120 ms (slow)", "A->>SQL: one", "Note right of SQL: takes 0.5s", "SQL-->>A: x",
            "A->>SQL: two (30ms)", "A->>SQL: three", "A->>A: think", "Note over A: 7ms", "A->>A: again (2 ms)")
        expect(text, has: "latency: 120ms", "one: { latency: 500ms }", "two: { latency: 30ms }", "three: ~")
        expect(text, has: "label: think, share: 100%, do: [{ wait: 7ms }]", "do: [{ wait: 2ms }]")
    }

    @Test("what the file says itself counts, and its clients take the place of the diagram's")
    func merging() throws {
        let own = """
            seed: 9
            backends:
              B: { latency: 5ms, concurrency: 2, operations: { x: { latency: 1ms } } }
            clients: { A: { arrivals: { poisson: 20/s } } }
            """
        let text = try yaml("A->>B: x", "A->>C: y", extra: own)
        expect(text, has: "B: { latency: 5ms, operations: { x: { latency: 1ms } }, concurrency: 2 }", "seed: 9")
        expect(text, has: "A: { flow: diagram, arrivals: { poisson: 20/s } }")
        let others = try yaml("A->>B: x", extra: "clients: { web: { flow: diagram, users: 3 } }")
        expect(others, has: "clients:\n  web: { flow: diagram, users: 3 }")
        #expect(!others.contains("at: 0s"))
    }

    @Test("it can be changed like any other scenario, and still knows its diagram")
    func changes() throws {
        let document = try ScenarioDocument(
            yaml: "diagram: { text: \"sequenceDiagram; A->>B: x\", latency: 20ms }", file: "shop.yaml")
        #expect(document.value(at: "backends.B.latency") == "20ms")
        let changed = try document.setting("backends.B.operations.x.latency", to: "80ms")
        #expect(changed.scenario.backends[0].operations[0].latency == .fixed(.milliseconds(80)))
        #expect(changed.scenario.diagram == document.scenario.diagram)
        #expect(document.scenario.diagram?.routes == [.call(backend: "B", operation: "x")])
    }

    @Test("each message knows what carries it")
    func routes() throws {
        let text = "diagram: |\n  sequenceDiagram\n  A->>B: x\n  B->>B: y\n  B-->>A: z\n  A-)C: w\n"
        let diagram = try ScenarioDocument(yaml: text, file: "shop.yaml").scenario.diagram
        #expect(
            diagram?.routes == [
                .call(backend: "B", operation: "x"), .work(component: "B", label: "y"), .answer(of: 0, label: nil),
                .send(backend: "C", operation: "w"),
            ])
    }

    @Test("the time beside the first call is the backend's; work that takes another time has its own")
    func timesOfBackends() throws {
        let text = try yaml(
            "A->>B: read", "Note over B: 120ms", "B-->>A: row", "A->>B: write (40ms)", "A->>C: ping",
            "A->>C: slow (1s)")
        expect(text, has: "B: { latency: 120ms, operations: { read: ~, write: { latency: 40ms } } }")
        expect(text, has: "C: { latency: 1s, operations: { ping: { latency: 50ms }, slow: ~ } }")
    }

    @Test("a latency that the file itself gives to a backend counts over all that the diagram says")
    func latenciesOfTheFileCount() throws {
        let text = try yaml(
            "A->>B: read (120ms)", "A->>B: write (40ms)", extra: "backends: { B: { latency: 2s } }\n")
        expect(text, has: "latency: 2s", "write: {}")
        #expect(!text.contains("40ms") && !text.contains("120ms"))
    }

    @Test("a loop that goes round too often is an error, not another number")
    func roundsAreLimited() throws {
        expect(try yaml("loop 1000 times", "A->>B: x", "end"), has: "times: 1000")
        let error = #expect(throws: ScenarioError.self) { try yaml("loop 1001 times", "A->>B: x", "end") }
        #expect(error?.problems.first?.message == "a loop goes round at most 1000 times in a run")
        #expect(error?.problems.first?.line == 3)
    }
}
