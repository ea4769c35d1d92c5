import Diagrams
import Testing

@Suite("A diagram as data")
struct DiagramTests {
    @Test("says the same wherever its lines stand")
    func positionsDoNotCount() {
        let arrow = Arrow(.solid, .filled)
        let here = Message(number: 0, from: "a", to: "b", arrow: arrow, position: Position(line: 1, column: 2))
        let there = Message(number: 0, from: "a", to: "b", arrow: arrow, position: Position(line: 9, column: 1))
        #expect(here == there)
        #expect(here != Message(number: 0, from: "a", to: "b", arrow: Arrow(.dotted, .filled)))
    }
}
