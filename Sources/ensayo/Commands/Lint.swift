import Analysis
import ArgumentParser
import Scenario
import Workshop

/// `ensayo lint`: everything that can be checked in a lesson.
struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check lessons and scenario files: their form, their text, and that their figures still hold.",
        discussion: """
              ensayo lint                       every lesson
              ensayo lint orchestration
              ensayo lint 01-queues             a lesson's folder, or one with lessons
              ensayo lint shop.yaml             a scenario
              ensayo lint --agree ./01-queues   note that both languages say the same now
              ensayo lint --format json         for editors: one object a line

            Each problem is printed as file:line:column with its line. Exit status: 0
            none, or hints alone; 1 some; 2 a file cannot be read.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @ArgumentParser.Argument(
        help: "Lessons, their folders, or scenario files. Default: every lesson.",
        completion: .lessons("yaml", "yml"))
    var sources: [String] = []

    @Option(help: "How to print: text or json.")
    var format = Format.text

    @Flag(help: "Note that both languages of these lessons have been compared: write their texts.agreed.")
    var agree = false

    @OptionGroup var packs: PackOptions

    func run() throws {
        var problems: [Problem] = []
        let targets = try targets(&problems)
        if agree { return try LintAgreement(targets).write() }
        if targets.isEmpty, problems.isEmpty { throw Failure.badInput("ensayo lint", "there are no lessons to check") }
        problems += try LintBatch(targets).problems()
        for problem in problems { Output.result(format == .json ? problem.json.compact : problem.description) }
        let errors = problems.count { !$0.isHint }
        let hints = problems.count - errors
        var summary = "\(targets.count) checked, \(errors == 0 ? "no problems" : "\(Counted(errors, "problem"))")"
        if hints > 0 { summary += ", \(Counted(hints, "hint"))" }
        if errors > 0 { throw Failure.checkFailed(summary + ".") }
        Output.error(summary + ".")
    }

    /// What is to be checked, each once; what is wrong with packs is added to the problems.
    private func targets(_ problems: inout [Problem]) throws(Failure) -> [LintTarget] {
        var targets: [LintTarget] = []
        func add(_ library: LessonLibrary) {
            // A pack stands beside the lessons that come with Ensayo, and may build on them.
            let others = (try? Installation.find())?.library
            problems += library.problems + (others.map { library.clashes(with: $0) } ?? [])
            problems += library.courseProblems(among: others?.entries.map(\.id) ?? [])
            targets += library.entries.map { .lesson($0.folder) }
        }
        if sources.isEmpty { add(try Installation.find().library) }
        for source in sources {
            if source.hasSuffix(".yaml") || source.hasSuffix(".yml") {
                targets.append(LintTarget(file: source))
            } else if Self.isFolder(source) {
                // A folder of lessons, whatever it is called; one without any may be a lesson that lost its files.
                let pack = LessonLibrary(folder: "", packs: [source])
                let entry = LessonLibrary.entry(at: source)
                let isLesson = Installation.isLesson(source) || pack.entries.isEmpty && entry.number > 0
                if isLesson { targets.append(.lesson(entry.folder)) } else { add(pack) }
            } else {
                targets.append(.lesson(try Installation.find().entry(source).folder))
            }
        }
        var seen: Set<LintTarget> = []
        return targets.filter { seen.insert($0).inserted }
    }

    /// Whether somebody means a folder: a path, a lesson's, or one that no lesson is called like.
    private static func isFolder(_ source: String) -> Bool {
        if Installation.isPath(source) || Installation.isLesson(source) { return true }
        guard Installation.isFolder(source) else { return false }
        return (try? Installation.find().entry(source)) == nil
    }
}

/// What is checked in one go.
enum LintTarget: Hashable, Sendable {
    /// A lesson's folder.
    case lesson(String)
    case scenario(String)

    /// A scenario's file; `lesson.yaml` stands for its lesson.
    init(file: String) {
        let parts = file.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.last.map(String.init) == LessonSource.yamlName else {
            self = .scenario(file)
            return
        }
        let folder = parts.dropLast().joined(separator: "/")
        self = .lesson(LessonLibrary.entry(at: folder.isEmpty ? (parts.count > 1 ? "/" : ".") : folder).folder)
    }

    /// What it is called while it is checked.
    var name: String {
        switch self {
        case .lesson(let path), .scenario(let path): path.split(separator: "/").last.map(String.init) ?? path
        }
    }

    func problems() throws(Failure) -> [Problem] {
        switch self {
        case .lesson(let folder): return LessonLint.check(folder: folder)
        case .scenario(let file):
            let bytes = try TextFile.read(file)
            do throws(ScenarioError) {
                _ = try ScenarioDocument(bytes: bytes, file: file, files: .beside(file))
            } catch {
                return error.problems
            }
            return []
        }
    }
}

extension Problem {
    /// For editors and checks of a project: a place of 0 is that of the whole file.
    var json: JSON {
        .members([
            "file": .string(file), "line": .integer(Int64(line)), "column": .integer(Int64(column)),
            "length": .integer(Int64(line == 0 ? 0 : length)), "severity": .string(isHint ? "hint" : "error"),
            "message": .string(message), "suggestion": suggestion.map { .string($0) } ?? .null,
            "source": .string(source),
        ])
    }
}
