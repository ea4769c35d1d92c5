import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// Somebody at the sandbox who only hears it: what they type, what is said, what becomes of files.
final class SandboxListener: LoopDelegate {
    private(set) var app: App
    private(set) var memory = SandboxMemory()
    private(set) var printed: [String] = []
    private(set) var keys: [Key] = []
    /// What was said before the first line, and after each.
    private(set) var said: [[String]] = [[]]
    private var rest: ArraySlice<String> = []
    private let effects: [Effect]

    init(_ source: SandboxSource? = nil, language: Language = .english) throws {
        app = App(
            lessons: [], progress: Workshop.Progress(), language: language, size: Size(width: 80, height: 24),
            settings: DisplaySettings(glyphs: .ascii))
        effects = app.open(try source ?? .starter())
    }

    /// What is said after each line, as one text.
    @discardableResult func hear(_ lines: [String]) -> [String] {
        rest = lines[...]
        let loop = LinearLoop(
            app: app, runner: ImmediateRunner(), outside: self,
            read: { _ in
                guard let line = self.rest.popFirst() else { return .end }
                self.said.append([])
                return .line(line)
            },
            write: { self.said[self.said.count - 1] += $0 })
        loop.run(effects)
        app = loop.app
        return said.map(\.text)
    }

    /// The number under which something that was said can be done.
    static func number(of label: String, in text: String) -> String? {
        let words = text.split(separator: " ")
        let wanted = label.split(separator: " ")
        let place = words.indices.first { words[$0...].starts(with: wanted) }
        return place.flatMap { $0 > 0 && Int(words[$0 - 1]) != nil ? String(words[$0 - 1]) : nil }
    }

    func perform(_ effect: SandboxEffect) -> SandboxMessage? {
        if case .print(let text) = effect { printed.append(text) }
        return memory.perform(effect)
    }
    func save(_ progress: Workshop.Progress) {}
    func lesson(_ cover: LessonCover) -> Result<Lesson, ScenarioError> { .failure(ScenarioError(problems: [])) }
    func pressed(_ key: Key, in app: App) { keys.append(key) }
    func resized(to size: Size, in app: App) {}
    func changes(in app: App) -> [Message] { [] }
    func pollInterval(in app: App) -> Duration? { nil }
}
