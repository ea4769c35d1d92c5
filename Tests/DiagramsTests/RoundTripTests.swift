import Diagrams
import Testing

@Suite("Print and parse")
struct RoundTripTests {
    @Test("every diagram reads back as it was written", arguments: 0..<20)
    func readsBack(block: Int) throws {
        for seed in 0..<100 {
            var random = RandomDiagram(seed: UInt64(block * 100 + seed))
            let diagram = random.make()
            let text = DiagramWriter(diagram).text
            let back: Diagram
            do {
                back = try DiagramReader.read(text)
            } catch {
                Issue.record("seed \(block * 100 + seed): \(error)\n\(text)")
                return
            }
            guard back == diagram else {
                let differing = zip(dump(diagram), dump(back)).first { $0 != $1 }
                Issue.record("seed \(block * 100 + seed): \(String(describing: differing))\n\(text)")
                return
            }
            #expect(DiagramWriter(back).text == text)
        }
    }

    @Test("what is written holds no control characters and no line of a text's own")
    func writtenTextIsSafe() {
        for seed in 0..<500 {
            var random = RandomDiagram(seed: UInt64(seed))
            let text = DiagramWriter(random.make()).text
            #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && $0.value != 0x7f) })
            #expect(!text.unicodeScalars.contains("\u{202e}"))
        }
    }

    @Test("every text in every place reads back")
    func everyTextInEveryPlace() throws {
        for text in RandomDiagram.uglyTexts {
            let message = Message(number: 0, from: "a", to: "b", arrow: Arrow(.solid, .filled), text: text)
            let note = Note(place: .over, participants: ["a", "b"], text: text)
            let loop = Block(.loop, sections: [Block.Section(label: text, statements: [.comment(text)])])
            let diagram = Diagram(
                participants: [Participant(id: "a", label: text), Participant(id: "b", label: text, kind: .queue)],
                boxes: [ParticipantBox(label: text, participants: ["b"])],
                statements: [.message(message), .note(note), .block(loop)])
            #expect(try DiagramReader.read(DiagramWriter(diagram).text) == diagram, "\(text.debugDescription)")
        }
    }
}
