import Diagrams
import Testing

@Suite("What is wrong with a diagram")
struct ReaderProblemTests {
    private func problems(_ text: String) -> [String] {
        do {
            _ = try DiagramReader.read(text)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    @Test("the messages name the place, what was expected, and what to write")
    func messagesReadWell() {
        let cases: [(String, String)] = [
            (
                "",
                "1:1: expected \"sequenceDiagram\" in the first line (write it on a line of its own "
                    + "before this one)"
            ),
            (
                "sequenceDiagramm\nA->>B: x",
                "1:1: expected \"sequenceDiagram\" in the first line (did you mean \"sequenceDiagram\"?)"
            ),
            (
                "graph TD\nA-->B",
                "1:1: expected \"sequenceDiagram\" in the first line (this is another kind of diagram; "
                    + "only sequence diagrams are read)"
            ),
            (
                "sequenceDiagram\n  paticipant A",
                "2:3: \"paticipant\" begins no statement (did you mean \"participant\"?)"
            ),
            (
                "sequenceDiagram\nA=>B: x",
                "2:2: there is no arrow \"=>\" (arrows: -> --> ->> -->> <<->> <<-->> -x --x -) --))"
            ),
            (
                "sequenceDiagram\nA->>B",
                "2:1: expected a colon and the message's text after \"B\", not the end of the line (write "
                    + "A->>B: text)"
            ),
            ("sequenceDiagram\nA->>: x", "2:5: expected the name of who receives the message, not \":\""),
            ("sequenceDiagram\nend", "2:1: \"end\" closes nothing: no block is open here (remove it)"),
            (
                "sequenceDiagram\nopt x\nelse y\nend",
                "3:1: \"else\" cannot divide the \"opt\" of line 2 (it belongs to \"alt\"; close the "
                    + "\"opt\" of line 2 with end before)"
            ),
            (
                "sequenceDiagram\nalt x\nand y\nend",
                "3:1: \"and\" cannot divide the \"alt\" of line 2 (its sections are divided by \"else\")"
            ),
            (
                "sequenceDiagram\nloop x\nA->>B: y",
                "2:1: \"loop\" begins here and is never closed (add a line with end)"
            ),
            (
                "sequenceDiagram\nparticipant A: Shop",
                "2:14: \":\" cannot stand in a name (a label follows as: participant A as Label)"
            ),
            (
                "sequenceDiagram\nA->>end: x",
                "2:5: \"end\" is a word of the language and cannot name a participant here (use another "
                    + "name, or write it #101;nd)"
            ),
            (
                "sequenceDiagram\nparticipant A@{ \"type\": \"databse\" }",
                "2:14: there is no type \"databse\" of participants (did you mean \"database\"?)"
            ),
            (
                "sequenceDiagram\nA->>B: x\ncreate participant B\nA->>B: y",
                "3:19: \"B\" exists already and cannot be created (create it under another name, with the "
                    + "same label: as B)"
            ),
            (
                "sequenceDiagram\ncreate participant C\nA->>B: x",
                "2:1: the next message must go to \"C\", to create it (write create in the line before "
                    + "that message)"
            ),
            (
                "sequenceDiagram\nA->>B: x\ndestroy B\nA-xB: y\nA->>B: z",
                "5:5: \"B\" was destroyed in line 3 (move that destroy behind its last message)"
            ),
            (
                "sequenceDiagram\nNote beside A: x",
                "2:1: expected \"over\", \"left of\" or \"right of\" after \"note\" (write Note over A: text)"
            ),
            ("sequenceDiagram\nA->>B: x\u{1b}[31m", "2:9: the character U+001B cannot be used here (remove it)"),
        ]
        for (text, expected) in cases { #expect(problems(text).first == expected) }
    }

    @Test("who is not active cannot be deactivated, as Mermaid has it")
    func inactive() {
        let twice = "sequenceDiagram\nA->>+B: x\nalt a\nB-->>-A: y\nelse b\nB-->>-A: z\nend"
        #expect(problems(twice).count == 1)
        #expect(problems(twice)[0].hasPrefix("6:1: \"B\" is not active here"))
        #expect(problems("sequenceDiagram\ndeactivate A")[0].hasPrefix("2:1: \"A\" is not active here"))
    }

    @Test("reading goes on with the next line, and tells of several problems in the order of the text")
    func severalProblems() {
        let text = "sequenceDiagram\nloop\nA=>B: x\nA->>B: fine\nelse\nNote A: x"
        #expect(problems(text).map { $0.prefix(2) } == ["2:", "3:", "5:", "6:"])
        let many = "sequenceDiagram\n" + String(repeating: "A=>B\n", count: 100)
        #expect(problems(many).count == DiagramReader.maximumProblems)
    }

    @Test("limits are clear", .timeLimit(.minutes(5)))
    func limits() {
        let deep = "sequenceDiagram\n" + String(repeating: "loop\n", count: 1_001)
        #expect(problems(deep).contains("1002:1: blocks lie more than 1000 deep"))
        let crowd = "sequenceDiagram\n" + (0...1_000).map { "participant p\($0)\n" }.joined()
        #expect(problems(crowd) == ["1002:1: more than 1000 participants"])
        let long = "sequenceDiagram\n" + String(repeating: "A->>B: x\n", count: 100_001)
        #expect(problems(long) == ["100002:1: more than 100000 messages"])
        let large = String(repeating: " ", count: DiagramReader.maximumBytes + 1)
        #expect(problems(large) == ["the text is larger than 16 MiB"])
    }
}
