import Classroom
import Foundation
import TestPrograms
import Testing

@testable import ensayo

/// How notes find the presentations of their machine.
@Suite struct RendezvousTests {
    private let one = Rendezvous(
        address: HostPort(host: "127.0.0.1", port: 4747), codes: Codes(follower: "ONE", notes: "FIRST"),
        lesson: "retry")
    private let other = Rendezvous(
        address: HostPort(host: "::1", port: 4748), codes: Codes(follower: "TWO", notes: "SECOND"), lesson: "hedging")

    private func failure(_ work: () throws(Failure) -> Void) -> String? {
        do throws(Failure) {
            try work()
            return nil
        } catch {
            return error.message
        }
    }

    @Test func itsTextIsReadAsItWasWritten() {
        #expect(Rendezvous(text: one.text) == one)
        #expect(Rendezvous(text: other.text) == other)
        // One that is being written, and something else.
        #expect(Rendezvous(text: "") == nil)
        #expect(Rendezvous(text: String(one.text.dropLast())) == nil)
        #expect(Rendezvous(text: "a\nb\nc\n") == nil)
    }

    @Test func theOnlyOneIsMeant() throws {
        #expect(try Rendezvous.find(at: nil, [one]) == one)
        #expect(failure { () throws(Failure) in _ = try Rendezvous.find(at: nil, []) }?.contains("nobody") == true)
    }

    @Test func ofSeveralOneIsNamed() throws {
        let list = failure { () throws(Failure) in _ = try Rendezvous.find(at: nil, [one, other]) }
        #expect(
            list == """
                ensayo notes: error: several presentations run on this machine; say which
                   ensayo notes 127.0.0.1:4747   retry
                   ensayo notes [::1]:4748   hedging
                """)
        #expect(try Rendezvous.find(at: HostPort("[::1]:4748"), [one, other]) == other)
        // The usual port need not be named.
        #expect(try Rendezvous.find(at: HostPort("127.0.0.1"), [one, other]) == one)
        let elsewhere = failure { () throws(Failure) in
            _ = try Rendezvous.find(at: HostPort("192.0.2.7"), [one, other])
        }
        #expect(elsewhere?.contains("--code") == true)
    }

    /// Two on one machine, as programs: neither takes the other's place, whichever ends first, and however it ends.
    @Test func presentationsLeaveEachOtherAlone() throws {
        let ensayo = try Ensayo()
        let script = """
            classes() { find state/ensayo/classes -type f -size +0 2> /dev/null | wc -l; }
            until_classes() { for i in {1..600}; do [ $(classes) = $1 ] && break; sleep 0.1; done; }
            begin() { mkfifo keys$1; "$0" present $1 --linear --share < keys$1 > /dev/null & }
            begin orchestration; first=$!; exec 3> keysorchestration; until_classes 1
            begin retry; second=$!; exec 4> keysretry; until_classes 2
            "$0" notes --invite 2> several; echo "several $?"
            while read -r ensayo notes address lesson; do
                [ "$lesson" = retry ] && "$0" notes --invite $address > second
            done < several
            stat -c %a state/ensayo/classes/*
            printf 'q\\n1\\n' >&3; exec 3>&-; wait $first; until_classes 1
            "$0" notes --invite | cmp - second && echo "the second is the only one"
            kill -KILL $second; wait $second 2> /dev/null
            "$0" notes --invite > /dev/null 2>&1; echo "none $?"
            exec 4>&-; rm keysretry; begin retry; second=$!; exec 4> keysretry
            for i in {1..600}; do "$0" notes --invite > again 2> /dev/null && break; sleep 0.1; done
            cmp again second && echo "the same codes"
            printf 'q\\n1\\n' >&4; exec 4>&-; wait $second; ls state/ensayo
            """
        let outcome = try Program.run(
            "/usr/bin/env", ["-C", ensayo.folder.path("."), "bash", "-c", script, ensayo.binary],
            environment: ensayo.environment)
        #expect(
            outcome.output == """
                several 2
                600
                600
                the second is the only one
                none 2
                the same codes

                """, "\(outcome.errors)")
    }
}
