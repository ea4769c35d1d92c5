import TerminalKit
import Testing
import Trace

@testable import Workshop

/// Focus, zoom, and the one selection of all panels.
@Suite struct PanelKeysTests {
    let student: Student

    init() throws { student = try Student(size: Size(width: 120, height: 40)).at("turn") }

    private var focus: LessonState.Focus? { student.app.lesson?.focus }

    /// Those of the step first, then the others.
    @Test func tabVisitsTheTextAndEveryPanel() {
        let panels: [PanelKind] = [.sequence, .topology, .metrics, .latency, .log, .trace]
        #expect(focus == .text)
        for panel in panels {
            student.press("tab")
            #expect(focus == .panel(panel))
        }
        student.press("tab")
        #expect(focus == .text)
        for panel in panels.reversed() {
            student.press("shift-tab")
            #expect(focus == .panel(panel))
        }
    }

    @Test func aWatchStepBeginsAtItsPicture() {
        student.at("look")
        #expect(focus == .panel(.sequence))
    }

    @Test func aPanelFillsTheScreenAndGoesBack() {
        student.press("z")
        #expect(student.app.lesson?.isZoomed == false)
        student.press("tab").expect(text: "Turn the knob").press("z").expect(noText: "Turn the knob")
        #expect(student.app.lesson?.isZoomed == true)
        student.press("tab")
        #expect(student.app.lesson?.isZoomed == true)
        #expect(focus == .panel(.topology))
        student.press("escape").expect(text: "Turn the knob").expect(page: "turn")
        #expect(student.app.lesson?.isZoomed == false)
        student.press("z z").expect(text: "Turn the knob")
    }

    /// The selected request is that of every panel, whichever chose it.
    @Test(arguments: PanelKind.allCases.filter { Panels.panel($0).hasSubject(in: Trace()) })
    func oneSelectionForAllPanels(panel: PanelKind) throws {
        let settings = student.app.settings
        student.press("G")
        while focus != .panel(panel) { student.press("tab") }
        for key in ["down", "down", "up", "up", "up", "down"] {
            student.press(key)
            let selection = try #require(student.player?.selection)
            for kind in PanelKind.allCases {
                #expect(student.app.lesson?.context(for: kind, .english, settings)?.selection == selection)
            }
        }
    }

    @Test func anEventSelectsItsRequest() throws {
        student.press("right", times: 5)
        let player = try #require(student.player)
        let selected = try #require(player.selection.event)
        let event = try #require(player.run?.trace[selected])
        #expect(player.selection.request == event.request)
    }

    @Test func whyShowsTheChainOfTheEvent() throws {
        student.press("right right right e").expect(text: "Why?").press("e").expect(noText: "Why?")
        try Student().at(nil).press("e").expect(noText: "Why?").press("n n n").expect(page: "both").press("e")
            .expect(noText: "Why?")
    }

    /// A sentence first, as the log tells it, and then the chain.
    @Test func whySaysItInASentenceAndShowsTheChain() throws {
        let student = Student(try TaughtLesson.shared("cache-lru").lesson).at("one-more").press("G")
        let trace = try #require(student.trace)
        let last = try #require(trace.events.lastIndex { $0.kind == .cacheMiss })
        for _ in 0..<(trace.events.count - last - 1) { student.press("left") }
        student.press("e").expect(text: "because it was evicted").expect(text: "How it came to this, backwards")
    }

    @Test func jAndKScrollThePanelThatHasTheFocus() throws {
        let student = Student(try TaughtLesson.shared("cache-lru").lesson).at("favourites")
        while student.app.lesson?.focus != .panel(.cache) { student.press("tab") }
        student.expect(text: "j k 1/8").press("j").expect(text: "2 of 8").press("j", times: 20)
            .expect(text: "8 of 8").press("k").expect(text: "7 of 8")
        student.press("z pageup").expect(text: "6 of 8")
    }

    @Test func pagesTurnBothWays() {
        student.press("pagedown pagedown pageup pageup pageup")
        #expect(student.app.lesson?.textPage == 0)
    }
}
