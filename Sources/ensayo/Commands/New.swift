import ArgumentParser
import FoundationEssentials
import Scenario
import TerminalKit
import Workshop

/// `ensayo new`: a lesson to begin with.
struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a new lesson: a small one with a step of each kind, to be changed piece by piece.",
        discussion: """
              ensayo new queues
              ensayo new queues --title 'Queues' --title-es 'Colas' --in ~/lessons

            It has the next free number, both languages, a recorded session, and passes
            'ensayo lint' as it is. docs/authoring.md shows how to go on.
            """)

    @ArgumentParser.Argument(help: "The lesson's id: small letters, digits and -, such as queue-basics.")
    var lesson: String

    @Option(help: "Its title in English. Default: its id, as words.")
    var title: String?

    @Option(help: "Its title in Spanish. Default: the English one.")
    var titleEs: String?

    @Option(name: .customLong("in"), help: ArgumentHelp("The folder for the lesson's own folder.", valueName: "folder"))
    var place = "."

    @OptionGroup var packs: PackOptions

    func run() throws {
        let installation = try Installation.find()
        let folder = try newFolder(installation)
        let schemas = try EditorSchemas(installation, for: folder)
        let skeleton: LessonSkeleton
        do throws(ScenarioError) {
            skeleton = try LessonSkeleton(
                id: lesson, title: title, spanish: titleEs, schema: schemas.line)
        } catch {
            throw Failure(error)
        }
        let files = try LessonSkeleton.files.map { name throws(Failure) in
            let path = "\(installation.assets)/\(LessonSkeleton.folder)/\(name)"
            return (name: name, text: skeleton.renamed(try TextFile.text(path, called: path), file: name))
        }
        try schemas.write()
        try write(files, to: folder)
        let session = try finish(folder)
        say(folder, session: session)
    }

    // MARK: Where

    /// The next free number among the lessons beside it.
    private func newFolder(_ installation: Installation) throws(Failure) -> String {
        let beside = LessonLibrary(folder: place)
        if FileManager.default.fileExists(atPath: "\(place)/lesson.yaml") {
            throw .badInput("--in", "\(place) is a lesson itself", "name the folder that is to hold the new one")
        }
        let others = beside.entries + installation.library.entries
        if let other = others.first(where: { $0.id == lesson }) {
            throw .badInput(
                "ensayo new", "there is a lesson \(lesson) already, in \(other.folder)", "choose another id")
        }
        let number = (beside.entries.map(\.number).max() ?? 0) + 1
        let name = (number < 10 ? "0\(number)" : "\(number)") + "-" + lesson
        let folder = place == "." ? name : (place.hasSuffix("/") ? place + name : "\(place)/\(name)")
        if FileManager.default.fileExists(atPath: folder) { throw .badInput(folder, "it is there already") }
        return folder
    }

    // MARK: Writing

    /// All of it, or nothing.
    private func write(_ files: [(name: String, text: String)], to folder: String) throws(Failure) {
        do {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/replays", withIntermediateDirectories: true)
        } catch {
            throw .badInput(folder, "this folder cannot be made")
        }
        do throws(Failure) {
            for file in files { try TextFile.write(file.text, to: "\(folder)/\(file.name)") }
        } catch {
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }

    /// What is computed of the new files: the agreement of both languages, and the session's golden frames.
    private func finish(_ folder: String) throws(Failure) -> String {
        let agreement = TextAgreement(of: LessonLibrary.source(folder: folder))
        try TextFile.write(agreement.text, to: "\(folder)/\(LessonSource.agreedName)")
        let session = "\(folder)/replays/first-visit.replay"
        let library = LessonLibrary(folder: folder)
        for result in SessionBatch([session], library).replay() {
            _ = try GoldenFiles.update(GoldenFile(try result.get().journey), for: session)
        }
        return session
    }

    private func say(_ folder: String, session: String) {
        let path = Installation.isPath(folder) ? folder : "./\(folder)"
        let next = [
            ("ensayo learn --watch \(path)", "look at it while you write"),
            ("ensayo lint \(path)", "check it"),
            ("ensayo replay \(session)", "replay its session"),
        ]
        let width = next.map(\.0.count).max() ?? 0
        let lines = next.map { "  \(Text.pad($0.0, to: width))   \($0.1)" }
        Output.result("Made \(SafeText.line(folder)). Next:\n\n" + lines.map(SafeText.line).joined(separator: "\n"))
    }
}
