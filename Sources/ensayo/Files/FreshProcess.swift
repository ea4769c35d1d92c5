import FoundationEssentials
import Glibc

/// This program once more, with nothing of this process but its files and its environment.
enum FreshProcess {
    /// What it prints. Throws ``Failure`` when it cannot be started, or ends in any way but well.
    static func output(_ arguments: [String]) throws(Failure) -> String {
        var pipeEnds: [Int32] = [0, 0]
        guard pipe(&pipeEnds) == 0 else { throw failure("pipe") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipeEnds[1], STDOUT_FILENO)
        for end in pipeEnds { posix_spawn_file_actions_addclose(&actions, end) }
        let variables = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
        var words: [UnsafeMutablePointer<CChar>?] = (["ensayo"] + arguments).map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
        defer { for word in words + environment { free(word) } }
        var child: pid_t = 0
        let status = posix_spawn(&child, "/proc/self/exe", &actions, nil, &words, &environment)
        close(pipeEnds[1])
        defer { close(pipeEnds[0]) }
        guard status == 0 else { throw .badInput("A fresh process: \(String(cString: strerror(status))).") }
        let bytes = read(pipeEnds[0])
        var ending: Int32 = 0
        while waitpid(child, &ending, 0) < 0, errno == EINTR {}
        guard ending == 0 else { throw .badInput("The fresh process did not end well (status \(ending)).") }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func read(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += block[..<count]
        }
    }

    private static func failure(_ what: String) -> Failure {
        .badInput("\(what): \(String(cString: strerror(errno)))")
    }
}
