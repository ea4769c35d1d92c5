import Model
import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// Someone at the sandbox, for tests: files, the shelf and the clipboard are in memory.
final class Assembler {
    private(set) var app: App
    let runner: any Runner
    private(set) var files: [String: String] = [:]
    private(set) var shelf: [String: String] = [:]
    private(set) var printed: [String] = []
    private(set) var copied: [String] = []
    /// The disk takes nothing.
    var isFull = false

    init(
        _ source: SandboxSource? = nil, size: Size = Size(width: 80, height: 24), language: Language = .english,
        glyphs: Glyphs = .unicode, runner: any Runner = ImmediateRunner()
    ) throws {
        app = App(
            lessons: [], progress: Progress(), language: language, size: size,
            settings: DisplaySettings(glyphs: glyphs))
        self.runner = runner
        perform(app.open(try source ?? .starter()))
    }

    convenience init(
        yaml: String, path: String? = nil, size: Size = Size(width: 80, height: 24),
        runner: any Runner = ImmediateRunner()
    ) throws {
        let draft = try ScenarioDraft(bytes: yaml.utf8, file: path ?? "test.yaml")
        try self.init(SandboxSource(draft, path: path), size: size, runner: runner)
    }

    var state: SandboxState {
        get throws { try #require(app.sandbox) }
    }

    var digest: String? { app.sandbox?.player?.run?.digest.description }
    var screen: [String] { app.view().rows }
    func shows(_ text: String) -> Bool { screen.contains { $0.contains(text) } }

    func value(_ path: NodePath) throws -> String? { try state.draft.root[path]?.written }

    @discardableResult func press(
        _ keys: String, times: Int = 1, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Assembler {
        for _ in 0..<times {
            for name in keys.split(separator: " ") {
                guard let key = Key(String(name)) else {
                    Issue.record("there is no key \(name)", sourceLocation: sourceLocation)
                    return self
                }
                send(.key(key))
            }
        }
        return self
    }

    /// Types into whatever takes text, after emptying it.
    @discardableResult func type(_ text: String) -> Assembler {
        press("end ctrl-u")
        for character in text { send(.key(.character(character))) }
        return self
    }

    /// Puts the cursor on a part.
    @discardableResult func at(_ steps: NodePath.Step...) -> Assembler { at(NodePath(steps)) }

    @discardableResult func at(_ path: NodePath) -> Assembler {
        app.changeSandbox {
            $0.reveal(path)
            $0.cursor = path
        }
        return self
    }

    /// Adds a part from the list, by what is typed to find it.
    @discardableResult func add(_ words: String) -> Assembler {
        press("a").type(words)
        return press("enter")
    }

    @discardableResult func resize(_ width: Int, _ height: Int) -> Assembler {
        send(.resize(Size(width: width, height: height)))
    }

    @discardableResult func send(_ message: Message) -> Assembler {
        perform(app.update(message))
        return self
    }

    private func perform(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .run(let run): if let outcome = runner.start(run) { perform(app.update(.ran(run, outcome))) }
            case .cancelRun: runner.cancel()
            case .sandbox(let effect): if let answer = answer(to: effect) { perform(app.update(.sandbox(answer))) }
            default: break
            }
        }
    }

    private func answer(to effect: SandboxEffect) -> SandboxMessage? {
        switch effect {
        case .open: return nil
        case .keep(let yaml, let name): shelf[name] = yaml
        case .copy(let text): copied.append(text)
        case .print(let text): printed.append(text)
        case .write(let yaml, let path, let replaces):
            if isFull { return .notWritten(path: path, reason: "No space left on device") }
            if files[path] != nil, !replaces { return .exists(path: path) }
            files[path] = yaml
            return .wrote(path: path)
        }
        return nil
    }
}
