import Analysis
import Testing
import Trace

@Suite struct MermaidSequenceTests {
    @Test func aRequestIsWrittenWithItsTimes() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "dashboard")
        let look = builder.open(0, .cacheLookup, "memory", "sales:today", in: root)
        builder.close(1, look, .failed)
        builder.call(1, 501, "sql", "calculate_metrics", in: root)
        builder.add(501, .cacheStored, "memory", "sales:today", request: RequestID(1), span: look, parent: root)
        let call = builder.open(501, .callSent, "cosmos-db", "analyze", in: root)
        builder.happen(501, .serviceStarted, call)
        builder.happen(550, .callAbandoned, call, outcome: .timedOut)
        builder.close(550, root, .timedOut)
        builder.happen(700, .serviceFinished, call, outcome: .ok)
        #expect(
            MermaidSequence(of: RequestID(1), in: TraceIndex(builder.trace)).text == """
                sequenceDiagram
                    participant web
                    participant memory
                    participant sql
                    participant p4 as cosmos-db
                    web->>memory: get sales#58;today
                    memory-->>web: miss, 1.00 ms
                    web->>+sql: calculate_metrics
                    sql-->>-web: ok, 500 ms
                    web->>memory: store sales#58;today
                    web->>+p4: analyze
                    web-xweb: timed out, 49.0 ms
                    p4--x-web: ok, too late
                    Note over web: timed out after 550 ms

                """)
    }

    @Test func namesCannotChangeTheDiagram() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "end", "a")
        builder.call(0, 1, "x; drop\n%%{init}%%", "a->>b: #59; <b>\u{1b}", in: root)
        builder.close(1, root)
        let text = MermaidSequence(of: RequestID(1), in: TraceIndex(builder.trace)).text
        #expect(
            text == """
                sequenceDiagram
                    participant p1 as end
                    participant p2 as x#59; drop #37;#37;#123;init#125;#37;#37;
                    p1->>+p2: a-#62;#62;b#58; #35;59#59; #60;b#62;\u{20}
                    p2-->>-p1: ok, 1.00 ms
                    Note over p1: ok after 1.00 ms

                """)
    }

    @Test func aliasesDoNotMeetNames() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "p2", "a")
        builder.call(0, 1, "two words", "get", in: root)
        let text = MermaidSequence(of: RequestID(1), in: TraceIndex(builder.trace)).text
        #expect(text.contains("participant p2\n") && text.contains("participant p2_ as two words\n"))
        #expect(text.contains("p2->>+p2_: get\n"))
    }
}
