import NIOCore
import Testing

@testable import Classroom

/// Wrong codes by address.
@Suite struct AttemptsTests {
    private func address(_ text: String) throws -> Address { Address(try SocketAddress(ipAddress: text, port: 1)) }
    private let start = NIODeadline.uptimeNanoseconds(1 << 40)

    @Test func thePauseDoublesUpToItsLimit() throws {
        var attempts = Attempts(Limits())
        let here = try address("10.0.0.1")
        var pauses: [Int64] = []
        for _ in 0..<12 {
            attempts.failed(here, at: start)
            pauses.append((attempts.pause(for: here, at: start)?.nanoseconds ?? 0) / 1_000_000_000)
        }
        #expect(pauses == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60])
        #expect(attempts.pause(for: here, at: start + .seconds(61)) == nil)
    }

    @Test func addressesDoNotPayForEachOther() throws {
        var attempts = Attempts(Limits())
        for _ in 0..<5 { attempts.failed(try address("10.0.0.1"), at: start) }
        #expect(attempts.pause(for: try address("10.0.0.2"), at: start) == nil)
        #expect(attempts.pause(for: try address("::ffff:10.0.0.1"), at: start) != nil)
    }

    @Test func anIPv6NetworkIsOneAddress() throws {
        var attempts = Attempts(Limits())
        for last in 1...5 { attempts.failed(try address("2001:db8:1:2::\(last)"), at: start) }
        #expect(attempts.pause(for: try address("2001:db8:1:2:ffff::9"), at: start) != nil)
        #expect(attempts.pause(for: try address("2001:db8:1:3::1"), at: start) == nil)
    }

    @Test func manyAddressesTakeNoMoreMemoryAndThoseThatWaitLongestStay() throws {
        var attempts = Attempts(Limits())
        let worst = try address("10.9.9.9")
        for _ in 0..<8 { attempts.failed(worst, at: start) }
        for number in 0..<3000 { attempts.failed(try address("10.1.\(number / 250).\(number % 250)"), at: start) }
        #expect(attempts.count == Attempts.mostAddresses)
        #expect(attempts.pause(for: worst, at: start) != nil)
    }

    @Test func theRightCodeClearsTheAddress() throws {
        var attempts = Attempts(Limits())
        let here = try address("10.0.0.1")
        for _ in 0..<2 { attempts.failed(here, at: start) }
        attempts.succeeded(here)
        for _ in 0..<2 { attempts.failed(here, at: start) }
        #expect(attempts.pause(for: here, at: start) == nil)
    }
}
