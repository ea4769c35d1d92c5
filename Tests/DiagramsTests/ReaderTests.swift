import Diagrams
import Testing

@Suite("Reading Mermaid")
struct ReaderTests {
    @Test("agrees with Mermaid's own parser, in what it refuses too", arguments: MermaidAnswers.recorded.indices)
    func agreesWithMermaid(place: Int) throws {
        let (text, answer) = MermaidAnswers.recorded[place]
        guard let answer else {
            #expect(throws: DiagramError.self) { try DiagramReader.read(text) }
            return
        }
        // Mermaid counts numbers while it draws; here they are counted while reading.
        let lines = try dump(DiagramReader.read(text)).enumerated().map { place, line in
            place < answer.count && answer[place] == "autonumber" && line.hasPrefix(answer[place]) ? "autonumber" : line
        }
        #expect(lines == answer)
    }

    @Test("a bare autonumber goes on with the number of the next message")
    func autonumberGoesOn() throws {
        let text =
            "sequenceDiagram\nA->>B: 1\nautonumber\nA->>B: 2\nautonumber off\nautonumber 7 2\nA->>B: 7\nautonumber"
        let numbers = try dump(DiagramReader.read(text)).filter { $0.hasPrefix("autonumber") }
        #expect(numbers == ["autonumber 2 1", "autonumber off", "autonumber 7 2", "autonumber 9 2"])
    }

    @Test("takes the title of front matter, and passes directives over")
    func frontMatter() throws {
        let text = """
            ---
            config: { theme: dark }
            title: "Front #amp; centre"
            ---
            %%{init: {
              "theme": "dark" } }%%
            %% first
            sequenceDiagram
              %%{wrap}%%
              A->>B: x
            """
        let diagram = try DiagramReader.read(text)
        #expect(diagram.title == "Front & centre")
        #expect(diagram.statements.first == .comment("first"))
        #expect(diagram.participants.map(\.id) == ["A", "B"])
    }

    @Test("reads types and labels of later versions, over several lines too")
    func settings() throws {
        let text = """
            sequenceDiagram
            participant A@{ "type": "database" } as Orders
            participant B@{
              type: queue
              alias: "Jobs, all"
            }
            create participant C@{ "type": "control", "other": 1 }
            A->>C: x
            """
        let diagram = try DiagramReader.read(text)
        #expect(diagram.participants.map(\.label) == ["Orders", "Jobs, all", "C"])
        #expect(diagram.participants.map(\.kind) == [.database, .queue, .control])
        #expect(diagram.participants.map(\.isCreated) == [false, false, true])
    }

    @Test("letters of every alphabet are part of a word")
    func wordsOfOtherAlphabets() throws {
        let diagram = try DiagramReader.read("sequenceDiagram\nparámetros->>opción: ñ\nalté-->>endé: x")
        #expect(diagram.participants.map(\.id) == ["parámetros", "opción", "alté", "endé"])
    }

    @Test("brings the columns of a box together")
    func boxColumns() throws {
        let text = "sequenceDiagram\nA->>B: x\nB->>C: y\nbox Both\nparticipant C\nparticipant A\nend\n"
        let diagram = try DiagramReader.read(text)
        #expect(diagram.participants.map(\.id) == ["A", "C", "B"])
        #expect(diagram.boxes == [ParticipantBox(label: "Both", participants: ["A", "C"])])
        #expect(try DiagramReader.read(DiagramWriter(diagram).text) == diagram)
    }

    @Test("whoever one section of an alt destroys lives on in the others")
    func destroyedInOneSection() throws {
        let text = "sequenceDiagram\nalt a\ndestroy B\nA-xB: x\nelse b\nA->>B: y\nend\nA->>B: z"
        #expect(try DiagramReader.read(text).participants.count == 2)
    }

    @Test("messages know their numbers and their places")
    func positions() throws {
        let text = "sequenceDiagram\n  loop x\n    A->>B: 1; B-->>A: 2\n  end"
        guard case .block(let block) = try DiagramReader.read(text).statements[0],
            case .message(let second) = block.sections[0].statements[1]
        else {
            Issue.record("no block with two messages")
            return
        }
        #expect(second.number == 1)
        #expect([second.position.line, second.position.column] == [3, 15])
        #expect([block.position.line, block.position.column] == [2, 3])
    }
}
