import Foundation
import Glibc
import Testing

@testable import Classroom

/// Signals are for the thread that has the terminal.
@Suite struct SignalTests {
    @Test func theNetworkThreadTakesNoSignalButThoseOfACrash() throws {
        let server = try ClassroomServer.open()
        _ = try server.follow()
        let tasks = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")
        let masks = tasks.compactMap { task -> UInt64? in
            // A thread may end while it is looked at.
            guard let name = try? String(contentsOfFile: "/proc/self/task/\(task)/comm", encoding: .utf8),
                name.hasPrefix("NIO-ELT"),
                let status = try? String(contentsOfFile: "/proc/self/task/\(task)/status", encoding: .utf8),
                let line = status.split(separator: "\n").first(where: { $0.hasPrefix("SigBlk:") })
            else { return nil }
            return UInt64(line.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16)
        }
        #expect(masks.count == 1)
        for mask in masks {
            for signal in [SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGWINCH, SIGCONT, SIGQUIT] {
                #expect(mask & (1 << UInt64(signal - 1)) != 0)
            }
            for signal in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP] {
                #expect(mask & (1 << UInt64(signal - 1)) == 0)
            }
        }
    }

    @Test func theThreadThatOpensAClassroomKeepsItsSignals() throws {
        var before = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &before)
        try ClassroomServer.open().close()
        var after = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &after)
        for signal in [SIGINT, SIGTERM, SIGWINCH] {
            #expect(sigismember(&before, signal) == sigismember(&after, signal))
        }
    }
}
