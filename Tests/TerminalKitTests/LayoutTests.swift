import TerminalKit
import Testing

@Suite struct LayoutTests {
    @Test(arguments: [
        (80, [Constraint.fixed(30), .flexible], 0, [30, 50]),
        (81, [.flexible, .flexible], 1, [40, 40]),
        (10, [.flexible, .flexible, .flexible], 0, [3, 3, 4]),
        (100, [.flexible(weight: 1), .flexible(weight: 3)], 0, [25, 75]),
        (20, [.flexible(minimum: 15), .flexible], 0, [15, 5]),
        (100, [.percent(33), .flexible], 0, [33, 67]),
        (10, [.percent(33, minimum: 6), .flexible], 0, [6, 4]),
        (10, [.fixed(8), .fixed(8)], 0, [8, 2]),
        (10, [.flexible(minimum: 4), .fixed(8), .fixed(3)], 0, [4, 6, 0]),
        (0, [.fixed(1), .flexible(minimum: 2)], 1, [0, 0]),
        (5, [.fixed(1), .fixed(1)], 1, [1, 1]),
        (7, [], 3, []),
    ])
    func lengths(_ length: Int, _ constraints: [Constraint], _ gap: Int, _ expected: [Int]) {
        #expect(Layout.lengths(of: length, constraints, gap: gap) == expected)
    }

    @Test(arguments: 1...200) func partsStayInsideAndNeverOverlap(_ seed: UInt64) {
        var random = Seeded(state: seed)
        let area = Rect(x: 2, y: 3, width: .random(in: 0...60, using: &random), height: 4)
        let gap = Int.random(in: 0...2, using: &random)
        let constraints = (0..<Int.random(in: 1...5, using: &random)).map { _ -> Constraint in
            let size = Int.random(in: 0...20, using: &random)
            switch Int.random(in: 0...2, using: &random) {
            case 0: return .fixed(size)
            case 1: return .percent(size * 3, minimum: size / 4)
            default: return .flexible(minimum: size, weight: Int.random(in: 1...4, using: &random))
            }
        }
        var end = area.x
        for part in area.columns(constraints, gap: gap) {
            #expect(part.x >= end && part.maxX <= area.maxX && part.y == 3 && part.height == 4)
            end = part.maxX
        }
        let sum = Layout.lengths(of: area.width, constraints, gap: gap).reduce(0, +)
        let room = max(0, area.width - gap * (constraints.count - 1))
        #expect(sum <= room)
        let isFlexible = constraints.contains { if case .flexible = $0 { true } else { false } }
        if isFlexible { #expect(sum == room) }
    }

    @Test func rowsGoDownFromTheTop() {
        let parts = Rect(x: 1, y: 1, width: 9, height: 10).rows(.fixed(1), .flexible, .fixed(2))
        #expect(parts.map(\.y) == [1, 2, 9])
        #expect(parts.map(\.height) == [1, 7, 2])
        #expect(parts.allSatisfy { $0.x == 1 && $0.width == 9 })
    }

    @Test func aBlockInTheMiddle() {
        let area = Rect(x: 0, y: 0, width: 80, height: 24)
        #expect(area.centred(Size(width: 40, height: 10)) == Rect(x: 20, y: 7, width: 40, height: 10))
        #expect(area.centred(Size(width: 99, height: 99)) == area)
    }

    /// A column or two of what is below, left at the sides, reads as rubbish.
    @Test func aPopUpLeavesSidesThatCanBeReadOrNone() {
        let area = Rect(x: 0, y: 0, width: 80, height: 24)
        #expect(area.popUp(Size(width: 72, height: 10)) == Rect(x: 4, y: 7, width: 72, height: 10))
        #expect(area.popUp(Size(width: 73, height: 10)) == Rect(x: 0, y: 7, width: 80, height: 10))
    }
}
