import Diagrams
import Testing

@Suite("Hostile input", .timeLimit(.minutes(5)))
struct HostileInputTests {
    @Test("as many messages and as deep blocks as may be are read and written")
    func atTheLimits() throws {
        let long = "sequenceDiagram\n" + String(repeating: "A->>B: x\n", count: 100_000)
        #expect(try DiagramReader.read(long).statements.count == 100_000)
        let deep =
            "sequenceDiagram\n" + String(repeating: "alt a\n", count: 1_000) + "A->>B: x\n"
            + String(repeating: "else\nend\n", count: 1_000)
        let diagram = try DiagramReader.read(deep)
        #expect(try DiagramReader.read(DiagramWriter(diagram).text) == diagram)
    }

    private static let starts = [
        "A->>B: ", "participant ", "participant A ", "A", "#", "A->>B: #", "A->>B: <br", "loop ", "%%", "box rgb(",
        "link A: ", "links A: {\"", "note over ", "A->>", "A-", "participant A@{", "accDescr {", "autonumber ", "%%{",
        "title ", "create ", "A->>B: x;", "- ", "<<", "participant A as ",
    ]

    @Test("long lines take time in proportion", arguments: starts)
    func longLines(start: String) {
        for filler in ["x", " ", "#", "-", "<br ", "#a", "as ", ";", "\" ", "-x", "}"] {
            let count = 20_000 / filler.utf8.count
            _ = try? DiagramReader.read("sequenceDiagram\n" + start + String(repeating: filler, count: count))
        }
    }

    @Test("random bytes and damaged diagrams never trap")
    func damaged() {
        var generator = SeededGenerator(state: 7)
        let signs = Array("->>x)+;:#@{}%\"<br/> \n\tendaltboxA,()=|\u{0}é日👩‍🚀".unicodeScalars)
        for seed in 0..<500 {
            var random = RandomDiagram(seed: UInt64(seed))
            var scalars = Array(DiagramWriter(random.make()).text.unicodeScalars)
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<scalars.count, using: &generator)
                if Bool.random(using: &generator) {
                    scalars.insert(signs[Int.random(in: 0..<signs.count, using: &generator)], at: place)
                } else {
                    let end = min(scalars.count, place + Int.random(in: 1...4, using: &generator))
                    scalars.removeSubrange(place..<end)
                }
            }
            let text = String(String.UnicodeScalarView(scalars))
            guard let diagram = try? DiagramReader.read(text) else { continue }
            let back = try? DiagramReader.read(DiagramWriter(diagram).text)
            #expect(back == diagram, "seed \(seed)\n\(text)")
        }
        for _ in 0..<1_000 {
            let bytes = (0..<Int.random(in: 0..<80, using: &generator)).map { _ in
                UInt8.random(in: .min ... .max, using: &generator)
            }
            _ = try? DiagramReader.read("sequenceDiagram\n" + String(decoding: bytes, as: UTF8.self))
            _ = try? DiagramReader.read(String(decoding: bytes, as: UTF8.self))
        }
    }
}
