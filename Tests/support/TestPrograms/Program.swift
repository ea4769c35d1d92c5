import Foundation

/// Programs that tests run as people do: with arguments, an environment, an input.
public enum Program {
    public struct Outcome {
        public var status: Int32
        public var output: String
        public var errors: String
    }

    /// Where the test program is, and everything built with it.
    public static let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()

    /// A Python that has a library: `ENSAYO_PYTHON`, or the one that `scripts/test` makes.
    public static func python(having library: String) -> String? {
        let root = URL(fileURLWithPath: #filePath).pathComponents.dropFirst().dropLast(4).joined(separator: "/")
        let made = "/\(root)/.build/oracles/bin/python3"
        let candidates = [ProcessInfo.processInfo.environment["ENSAYO_PYTHON"], made].compactMap { $0 }
        return candidates.first { (try? run($0, ["-c", "import \(library)"]).status) == 0 }
    }

    /// Runs a program to its end, of which it has ten minutes. It sees the given environment and `PATH`, no more.
    ///
    /// Not Foundation's `Process`: that waits for the last descendant, and a tmux server stays.
    public static func run(
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
        let words = ["/usr/bin/timeout", "--kill-after=5", "600", executable] + arguments
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
