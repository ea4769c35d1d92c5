import Foundation
import TerminalProof

/// The programs that the tests call, and where things are.
enum Tools {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Where the test program is, and everything built with it.
    static let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    static let probe = products.appendingPathComponent("terminal-probe").path

    /// A Python that has pyte: `ENSAYO_PYTHON`, or the one that `scripts/test` makes.
    static let python: String? = {
        let made = root.appendingPathComponent(".build/oracles/bin/python3").path
        let candidates = [ProcessInfo.processInfo.environment["ENSAYO_PYTHON"], made].compactMap { $0 }
        return candidates.first { (try? run($0, ["-c", "import pyte"]).status) == 0 }
    }()

    static let hasTmux = (try? run("/usr/bin/env", ["tmux", "-V"]).status) == 0
    static let emulator = root.appendingPathComponent("Tests/support/emulator.py").path

    struct Outcome {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Runs a program to its end, of which it has two minutes. It sees the given environment and `PATH`, no more.
    ///
    /// Not Foundation's `Process`: that waits for the last descendant, and a tmux server stays.
    static func run(
        _ executable: String, _ arguments: [String], environment: [String: String] = [:], input: String = ""
    ) throws -> Outcome {
        let folder = try Folder()
        try Data(input.utf8).write(to: folder.url("input"))
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, folder.path("input"), O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, folder.path("output"), O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, folder.path("errors"), O_WRONLY | O_CREAT, 0o600)

        // Threads that run tests hold signals back; their children must not.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let variables = environment.merging(["PATH": path]) { given, _ in given }.map { "\($0.key)=\($0.value)" }
        let words = ["/usr/bin/timeout", "--kill-after=5", "120", executable] + arguments
        var child: pid_t = 0
        let error = withStrings(words) { words in
            withStrings(variables) { posix_spawn(&child, "/usr/bin/timeout", &actions, &attributes, words, $0) }
        }
        guard error == 0 else { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .ENOENT) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) == -1, errno == EINTR {}
        let signal = status & 0x7F
        return Outcome(
            status: signal == 0 ? status >> 8 & 0xFF : 128 + signal,
            output: String(decoding: try Data(contentsOf: folder.url("output")), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: folder.url("errors")), as: UTF8.self))
    }

    /// The strings as C wants them: an array that ends with nothing.
    private static func withStrings<T>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> T
    ) -> T {
        var pointers = strings.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { buffer in
            body(UnsafePointer(buffer.baseAddress.unsafelyUnwrapped))
        }
    }
}

/// A folder of one test's own, gone with it.
final class Folder: Sendable {
    private let location: URL

    init() throws {
        location = FileManager.default.temporaryDirectory.appendingPathComponent("ensayo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: location, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: location) }

    func url(_ name: String) -> URL { location.appendingPathComponent(name) }
    func path(_ name: String) -> String { url(name).path }
    func text(_ name: String) throws -> String { try String(contentsOf: url(name), encoding: .utf8) }
}
