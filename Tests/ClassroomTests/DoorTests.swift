import Testing

@testable import Classroom

/// Who is let in, and what the others are told.
@Suite struct DoorTests {
    @Test func aWrongCodeIsRefusedInWords() throws {
        let server = try ClassroomServer.open()
        #expect(failure { _ = try server.enter(.follower, code: "WRONG") } == .wrongCode)
        #expect(failure { _ = try server.enter(.follower, code: "") } == .wrongCode)
        #expect(failure { _ = try server.enter(.notes, code: server.codes.follower) } == .wrongCode)
        #expect(server.audience.followers == 0)
        #expect(server.audience.refused == 3)
    }

    @Test func aCodeIsReadAsPeopleTypeIt() throws {
        let server = try ClassroomServer.open()
        let code = server.codes.follower.lowercased()
        _ = try server.enter(.follower, code: " \(code.prefix(3))-\(code.dropFirst(3)) ")
    }

    @Test func wrongCodesCloseTheDoorForAWhileForTheRightOneToo() throws {
        let server = try ClassroomServer.open {
            $0.firstPause = .seconds(3600)
            $0.longestPause = .seconds(7200)
        }
        for _ in 0..<server.limits.wrongCodes {
            #expect(failure { _ = try server.enter(.follower, code: "WRONG") } == .wrongCode)
        }
        guard case .tooManyTries(let pause)? = failure({ _ = try server.follow() }) else {
            Issue.record("the right code was looked at")
            return
        }
        #expect(pause > .seconds(3000))
    }

    @Test func thePauseEnds() throws {
        let server = try ClassroomServer.open {
            $0.wrongCodes = 1
            $0.firstPause = .milliseconds(20)
        }
        #expect(failure { _ = try server.enter(.follower, code: "WRONG") } == .wrongCode)
        #expect(becomes { (try? server.follow()) != nil })
    }

    @Test func thoseWhoAreInNoticeNothingOfWrongCodes() throws {
        let server = try ClassroomServer.open()
        let client = try server.follow()
        for _ in 0..<20 { #expect(failure { _ = try server.enter(.follower, code: "WRONG") } != nil) }
        server.publish([1], .state)
        #expect(client.hears([1], .state))
    }

    @Test func aFullRoomSaysSoAndStillLetsThePresenterIn() throws {
        let server = try ClassroomServer.open { $0.members = 2 }
        let clients = [try server.follow(), try server.follow()]
        #expect(failure { _ = try server.follow() } == .full)
        _ = try server.enter(.notes, code: server.codes.notes)
        clients[0].close()
        #expect(becomes { (try? server.follow()) != nil })
    }

    @Test func aNewerAndAnOlderEnsayoTellEachOther() throws {
        let server = try ClassroomServer.open()
        var hello = Array(Hello(role: .follower, code: []).frame.encoded.readableBytesView)
        hello[11] = 9
        let peer = try #require(RawPeer(port: server.port))
        peer.say(hello)
        let answer = peer.hearAll()
        #expect(Array(answer[4..<12]) == [3] + Greeting.magic + [Greeting.version])
        // The answer of a classroom with another version, as a client reads it.
        for (version, expected) in [(UInt8(0), ClassroomError.olderVersion), (2, .newerVersion)] {
            var body = Array(Refusal.version.frame.body.readableBytesView)
            body[6] = version
            #expect(Refusal.error(Frame(.refusal, body)) == expected)
        }
    }

    @Test func nobodyAndNoSuchHostAreToldApart() throws {
        let server = try ClassroomServer.open()
        let port = server.port
        server.close()
        func connect(_ host: String, _ port: Int) -> ClassroomError? {
            failure { _ = try ClassroomClient(host: host, port: port, code: "X", role: .follower) }
        }
        #expect(connect("127.0.0.1", port) == .nobodyThere)
        #expect(connect("127.0.0.1", 0) == .nobodyThere)
        #expect(connect("127.0.0.1", 70_000) == .nobodyThere)
        #expect(connect("no such host", port) == .noSuchHost("no such host"))
    }

    @Test func whoSaysNothingIsWaitedForAWhileOnly() throws {
        let silent = RawServer()
        let reason = failure {
            var patience = Patience()
            patience.entry = .milliseconds(50)
            _ = try ClassroomClient(
                host: "127.0.0.1", port: silent.port, code: "X", role: .follower, patience: patience)
        }
        #expect(reason == .timedOut)
    }

    @Test func addressesThatCannotBeOpenedSayWhy() throws {
        let server = try ClassroomServer.open()
        #expect(failure { _ = try ClassroomServer.open(port: server.port) } == .portInUse(server.port))
        #expect(failure { _ = try ClassroomServer(address: "192.0.2.1", port: 0) } == .noSuchAddress("192.0.2.1"))
        #expect(failure { _ = try ClassroomServer(address: "nowhere at all", port: 0) } != nil)
        #expect(failure { _ = try ClassroomServer(address: "127.0.0.1", port: 65_536) } != nil)
    }

    @Test func codesAreRandomAndHaveNoLookAlikes() {
        let codes = (0..<200).map { _ in Codes() }
        #expect(Set(codes.map(\.follower)).count > 190)
        #expect(codes.allSatisfy { $0.follower.count == 6 && $0.notes.count == 20 })
        #expect(codes.allSatisfy { !$0.follower.contains { "01OIL".contains($0) } })
    }
}
