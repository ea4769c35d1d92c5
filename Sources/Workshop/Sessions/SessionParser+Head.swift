import Scenario
import TerminalKit

// The head of a session: what is on the screen when it begins.
extension SessionParser {
    mutating func applyHead(to script: inout SessionScript) {
        let top = Part(text: source.lines[0], line: 1, start: 0)
        if let format = head["format"] {
            if format.text != "\(SessionScript.format)" {
                report("this program reads format \(SessionScript.format), not \(SafeText.quoted(format.text))", format)
            }
        } else {
            report("expected `format: \(SessionScript.format)` at the top", top)
        }
        script.lesson = head["lesson"]?.text ?? ""
        applyOpening(to: &script)
        switch script.opening {
        case .lesson, .present:
            if script.lesson.isEmpty { report("expected `lesson: ID`", head["lesson"] ?? top) }
        case .menu, .sandbox:
            for key in ["lesson", "step"] {
                if let part = head[key] {
                    report("a session that begins at the \(script.opening.rawValue) has no \(key)", part)
                }
            }
        }
        applyDemo(to: &script)
        script.step = head["step"]?.text
        script.finished = head["finished"].map { Self.list($0.text) } ?? []
        read("size", Self.sizeExpected, Size.init(session:)).map { script.size = $0 }
        read("language", "expected en or es", Language.init(rawValue:)).map { script.language = $0 }
        read("glyphs", "expected unicode or ascii", GlyphRepertoire.init(rawValue:)).map { script.repertoire = $0 }
        read("motion", "expected full or reduced") { ["full": false, "reduced": true][$0] }
            .map { script.reducedMotion = $0 }
        read("transcript", "expected golden or none") { ["golden": true, "none": false][$0] }
            .map { script.keepsTranscript = $0 }
        script.marks = head.mapValues(mark)
    }

    /// `menu`, `present`, `sandbox`, `sandbox shop.yaml`, `sandbox ensayo-1.vZ1Lbt...`.
    private mutating func applyOpening(to script: inout SessionScript) {
        guard let part = head["open"] else { return }
        let (word, file) = part.split
        guard let opening = SessionScript.Opening(rawValue: word.text), opening == .sandbox || file.text.isEmpty else {
            return report("expected lesson, menu, present, sandbox or sandbox FILE", part)
        }
        if isDemo, opening != .lesson { return report("a demo is a session of a lesson", part) }
        script.opening = opening
        guard !file.text.isEmpty else { return }
        script.systemFile = file.text
        do throws(ScenarioError) {
            if ScenarioCode.isMeant(file.text) {
                script.system = try SandboxSource(code: file.text)
            } else if let bytes = bytes(of: file) {
                let files = included.files(beside: file.text)
                script.system = try SandboxSource(bytes: bytes, file: file.text, files: files)
            }
        } catch {
            if error.problems.contains(where: { $0.line > 0 }) { return problems += error.problems }
            for problem in error.problems { report(problem.message, file, problem.suggestion) }
        }
    }

    /// `demo: FILE`, in the head of a presentation.
    private mutating func applyDemo(to script: inout SessionScript) {
        guard let part = head["demo"] else { return }
        guard script.opening == .present else { return report("only a presentation has a demo: open: present", part) }
        guard let bytes = bytes(of: part) else { return }
        do throws(ScenarioError) {
            guard let text = Self.text(of: bytes) else { return report(Self.notText, part) }
            var parser = SessionParser(
                text: text, file: SessionInclusion.folder(source.file) + part.text,
                included: SessionInclusion(files: included.files(beside: part.text)), isDemo: true)
            script.demo = .file(part.text, try parser.script())
        } catch {
            problems += error.problems
        }
    }

    /// A file that the head names; `nil`, and a problem, where it cannot be read.
    private mutating func bytes(of file: Part) -> [UInt8]? {
        switch included.bytes(file.text) {
        case .success(let bytes): return bytes
        case .failure(let refusal):
            report(refusal.reason, file)
            return nil
        }
    }

    /// `a, b`.
    private static func list(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.filter { $0 != " " && $0 != "\t" } }.filter { !$0.isEmpty }
    }

    private mutating func read<Value>(_ key: String, _ expected: String, _ parse: (String) -> Value?) -> Value? {
        guard let part = head[key] else { return nil }
        let value = parse(part.text)
        if value == nil { report(expected, part) }
        return value
    }
}
