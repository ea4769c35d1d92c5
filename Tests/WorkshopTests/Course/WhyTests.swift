import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// *Why did this happen?* has an answer for every event of every lesson, in both languages.
@Suite struct WhyTests {
    /// Names of the vocabulary that no person should read: `branchChosen`.
    private static let identifiers = EventKind.allCases.map { "\($0)" }.filter { $0.contains(where: \.isUppercase) }
    /// Explaining costs a look at the system's state: every so many events of a kind are enough.
    private static let mostOfAKind = 3

    /// Some of each kind, spread over the run.
    private func sample(_ trace: Trace) -> [EventID] {
        var seen: [EventKind: [EventID]] = [:]
        for place in 1...max(1, trace.events.count) {
            let id = EventID(UInt32(place))
            if let event = trace[id] { seen[event.kind, default: []].append(id) }
        }
        return seen.values.flatMap { ids in
            let step = max(1, ids.count / Self.mostOfAKind)
            return stride(from: 0, to: ids.count, by: step).map { ids[$0] }
        }
    }

    @Test(arguments: LessonFolders.ids) func everyEventHasASentenceAndAReason(lesson id: String) throws {
        let lesson = try LessonFolders.library.load(id)
        let runs = LessonRuns(lesson)
        var problems: Set<String> = []
        for scenario in lesson.scenarios {
            let view = try runs.view(scenario.name)
            for event in sample(view.trace) {
                for language in Language.allCases {
                    let context = PanelContext(
                        run: view, earlier: nil, cursor: view.trace.cursor(after: event), selection: Selection(),
                        window: .seconds(10), language: language, glyphs: .unicode)
                    let why = WhyView(state: WhyState(event: event), context: context)
                    for sentence in why.spoken.prefix(1) {
                        let kind = view.trace[event].map { "\($0.kind)" } ?? ""
                        if let problem = problem(sentence) { problems.insert("\(kind), \(language): \(problem)") }
                    }
                }
            }
        }
        #expect(problems.sorted() == [])
    }

    private func problem(_ sentence: String) -> String? {
        let said = sentence.split(separator: " ")
        if said.count < 4 { return "says nothing: \(sentence)" }
        if sentence.contains("{") || sentence.contains("}") { return "has a place left: \(sentence)" }
        if sentence.contains("  ") || sentence.contains(" ,") || sentence.contains(" .") {
            return "has a gap: \(sentence)"
        }
        let raw = Self.identifiers.first { sentence.contains($0) }
        return raw.map { "has \($0) in it: \(sentence)" }
    }

    @Test func theChainIsFollowedEventByEvent() throws {
        let student = try Student().at("look").press("e")
        student.expect(text: "Why?").press("escape")
        let last = try #require(student.trace.map { EventID(UInt32($0.events.count)) })
        student.press("G e")
        student.expect(text: "because")
        student.press("down enter")
        let cause = student.trace?[last]?.cause
        #expect(student.player?.selection.event == cause)
        #expect(student.player?.cursor.eventCount == cause.map { Int($0.rawValue) })
        student.expect(text: "Why?")
    }

    @Test func aLongChainScrolls() throws {
        for size in [(60, 16), (80, 24)] {
            let student = try Student(size: Size(width: size.0, height: size.1)).at("turn").press("G e page-down")
            student.expect(text: "▸ ")
        }
    }
}
