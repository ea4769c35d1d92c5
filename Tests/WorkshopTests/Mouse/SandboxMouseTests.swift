import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// The mouse in the sandbox.
@Suite struct SandboxMouseTests {
    private func place(of text: String, _ one: Assembler, offset: Int = 0) throws -> Point {
        for (y, row) in one.screen.enumerated() {
            if let range = row.firstRange(of: text) {
                return Point(x: Text.width(String(row[..<range.lowerBound])) + offset, y: y)
            }
        }
        Issue.record("\(text) is not on the screen:\n\(one.screen.joined(separator: "\n"))")
        return Point(x: 0, y: 0)
    }

    private func act(_ action: Mouse.Action, _ point: Point, _ one: Assembler) {
        for key in MouseKeys(one.app).keys(for: Mouse(action, x: point.x, y: point.y)) { one.send(.key(key)) }
    }

    private func click(_ text: String, _ one: Assembler, offset: Int = 0) throws {
        act(.press, try place(of: text, one, offset: offset), one)
    }

    @Test func aRowIsChosenAndOnceMoreItsValueIsEdited() throws {
        let one = try Assembler()
        let point = try place(of: "duration", one)
        act(.press, point, one)
        #expect(try one.state.cursor == .root.key("duration"))
        #expect(try one.state.input == nil)
        act(.press, point, one)
        guard case .value(let form) = try one.state.input else {
            Issue.record("nothing is edited")
            return
        }
        #expect(form.path == .root.key("duration"))
        // The row under what is typed takes nothing.
        act(.press, point, one)
        #expect(try one.state.input != nil)
    }

    @Test func aPartIsUnfoldedByItsMarkOrOnceMore() throws {
        let one = try Assembler()
        let api = NodePath.root.key("backends").key("api")
        let mark = try place(of: "▶ api  latency", one)
        act(.press, mark, one)
        #expect(try one.state.unfolded.contains(api))
        act(.press, Point(x: mark.x + 3, y: mark.y), one)
        #expect(try !one.state.unfolded.contains(api))
        act(.press, Point(x: mark.x + 3, y: mark.y), one)
        #expect(try one.state.unfolded.contains(api))
    }

    /// Wherever one clicks in a long tree, the same row is there for the second press.
    @Test func theTreeStandsStillUnderTheSecondPress() throws {
        let one = try Assembler(size: Size(width: 80, height: 16))
        for part in ["api", "database"] { one.at(.key("backends"), .key(part)).press("enter") }
        let area = try one.state.layout(one.app.size).text
        for line in 2..<(area.height - 3) {
            let point = Point(x: 12, y: area.y + line)
            act(.press, point, one)
            let chosen = try one.state.cursor
            #expect(MouseKeys(one.app).keys(for: Mouse(.press, x: point.x, y: point.y)) == [.enter])
            #expect(try one.state.cursor == chosen)
        }
    }

    @Test func theWheelScrollsWhatIsUnderIt() throws {
        let one = try Assembler(size: Size(width: 80, height: 16))
        for part in ["api", "database"] { one.at(.key("backends"), .key(part)).press("enter") }
        #expect(one.shows("seed"))
        let tree = Point(x: 5, y: 5)
        act(.wheelDown, tree, one)
        #expect(!one.shows("seed"))
        for _ in 0..<20 { act(.wheelDown, tree, one) }
        #expect(try one.state.cursor != .root.key("name"))
        for _ in 0..<20 { act(.wheelUp, tree, one) }
        #expect(one.shows("seed"))
        act(.wheelDown, Point(x: 60, y: 5), one)
        #expect(try !one.state.isInTree)
        act(.wheelUp, tree, one)
        #expect(try one.state.isInTree)
    }

    @Test func aPanelIsFocusedAndTheTreeAgain() throws {
        let one = try Assembler()
        try click("Numbers", one)
        #expect(try one.state.focusedPanel == .metrics)
        try click("seed", one)
        #expect(try one.state.isInTree)
        #expect(try one.state.cursor == .root.key("seed"))
    }

    @Test func theFooterAndTheTimelineArePressed() throws {
        let one = try Assembler()
        let row = one.screen.count - 2
        act(.press, Point(x: 10, y: row), one)
        let early = try #require(one.app.virtualTime)
        act(.press, Point(x: 30, y: row), one)
        #expect(try #require(one.app.virtualTime) > early)
        try click("add", one, offset: 1)
        guard case .palette = try one.state.input else {
            Issue.record("there is no list")
            return
        }
        try click("esc back", one)
        #expect(try one.state.input == nil)
    }

    @Test func aPartOfTheListIsChosenAndOnceMoreAdded() throws {
        let one = try Assembler().at(.key("backends")).press("a")
        guard case .palette(let palette) = try one.state.input else {
            Issue.record("there is no list")
            return
        }
        let third = palette.entries[2].part
        let point = try place(of: String(third.about(.english).prefix(20)), one)
        act(.press, point, one)
        guard case .palette(let now) = try one.state.input else { return }
        #expect(now.selected == 2)
        let before = try one.state.draft.yaml
        // Beside the list nothing is pressed.
        act(.press, Point(x: 0, y: 5), one)
        #expect(try one.state.draft.yaml == before)
        act(.press, point, one)
        #expect(try one.state.draft.yaml != before)
    }

    @Test func theCaretGoesWhereOnePresses() throws {
        let one = try Assembler().at(.key("name")).press("v")
        let point = try place(of: "sandbox", one, offset: 0)
        // The first is the bar's.
        let row = one.screen.lastIndex { $0.contains("sandbox") } ?? point.y
        let start = Text.width(String(one.screen[row].prefix { $0 != "s" }))
        guard case .value(let form) = try one.state.input else { return }
        #expect(form.field.cursor == 7)
        act(.press, Point(x: start + 3, y: row), one)
        guard case .value(let moved) = try one.state.input else { return }
        #expect(moved.field.cursor == 3)
        act(.press, Point(x: 70, y: row), one)
        guard case .value(let end) = try one.state.input else { return }
        #expect(end.field.cursor == 7)
        #expect(end.field.text == "sandbox")
    }

    @Test func questionsAreAnsweredByTheirKeysAlone() throws {
        let one = try Assembler().at(.key("backends"), .key("api")).press("x")
        guard case .removal = try one.state.input else {
            Issue.record("nothing is asked")
            return
        }
        act(.press, Point(x: 5, y: 4), one)
        #expect(try one.state.input != nil)
        try click("esc ", one)
        #expect(try one.state.input == nil)
    }
}
