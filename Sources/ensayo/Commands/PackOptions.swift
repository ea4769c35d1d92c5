import ArgumentParser
import FoundationEssentials
import Synchronization

/// Where there are more lessons than those that come with Ensayo.
struct PackOptions: ParsableArguments {
    /// What the command line says is for the whole program, as the environment is.
    private static let chosen = Mutex<[String]>([])

    @Option(
        name: .customLong("lessons"),
        help: ArgumentHelp(
            "Also take lessons from this folder; may be repeated. ENSAYO_LESSONS lists more, apart by colons.",
            valueName: "folder"),
        completion: .directory)
    var lessons: [String] = []

    func validate() throws {
        if !lessons.isEmpty { Self.chosen.withLock { $0 = lessons } }
    }

    /// Takes the folders that stand on a line which a shell completes: nobody has parsed it.
    static func choose(namedIn words: [String]) {
        let named = zip(words, words.dropFirst()).filter { $0.0 == "--lessons" }.map(\.1)
        chosen.withLock { $0 = named }
    }

    /// The folders that the command line names, for another process: the environment tells it of the others.
    static var arguments: [String] { named.map { "--lessons=\($0)" } }

    /// The folders that the command line names.
    static var named: [String] { chosen.withLock { $0 } }

    /// Those that the environment names.
    static var listed: [String] {
        let listed = ProcessInfo.processInfo.environment["ENSAYO_LESSONS"] ?? ""
        return listed.split(separator: ":").map(String.init)
    }

    /// The folders of all packs that were asked for.
    static var folders: [String] { named + listed }
}
