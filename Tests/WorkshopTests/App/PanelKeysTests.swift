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

    @Test func pagesTurnBothWays() {
        student.press("pagedown pagedown pageup pageup pageup")
        #expect(student.app.lesson?.textPage == 0)
    }
}
