import Testing

@testable import Classroom

/// Lost connections come back by themselves; what is over is over.
@Suite struct ReconnectTests {
    @Test func aLostConnectionComesBackAndHearsTheNewest() throws {
        // A classroom that takes everyone for gone who does not speak, and a client that speaks once an hour.
        let server = try ClassroomServer.open { $0.silence = .milliseconds(20) }
        let client = try server.follow { $0.beat = .seconds(3600) }
        var events: [ClassroomEvent] = []
        #expect(
            becomes {
                events += client.events()
                return events.contains(.lost(.connectionLost)) && events.contains(.reconnected)
            })
        server.publish([2], .state)
        #expect(client.hears([2], .state))
    }

    @Test func thePresenterWhoClosesEndsIt() throws {
        let server = try ClassroomServer.open()
        let client = try server.follow()
        server.close()
        #expect(becomes { client.events().contains(.ended(.ended)) })
        #expect(server.audience.followers == 0)
        // The port is free again.
        try ClassroomServer.open(port: server.port).close()
        server.close()
        server.publish([1], .state)
    }

    @Test func aSilentClassroomIsNoticed() throws {
        let stranger = RawServer()
        stranger.answer(Array(Greeting.welcome.encoded.readableBytesView))
        var patience = Patience()
        patience.beat = .milliseconds(5)
        patience.silence = .milliseconds(30)
        let client = try ClassroomClient(
            host: "127.0.0.1", port: stranger.port, code: "X", role: .follower, patience: patience)
        #expect(becomes { client.events().contains(.lost(.connectionLost)) })
    }

    /// Long before it is taken for gone.
    @Test func aClassroomThatMissesBeatsIsNoticed() throws {
        let inbox = Inbox()
        let start = ContinuousClock.now
        inbox.heard(at: start)
        #expect(inbox.silence(at: start + .seconds(8)) == .seconds(8))
        let patience = Patience()
        #expect(patience.quiet >= Limits().beat * 3 && patience.quiet < patience.silence / 3)

        let server = try ClassroomServer.open { $0.beat = .milliseconds(5) }
        let client = try server.follow()
        let entered = ContinuousClock.now
        #expect(client.quiet(at: entered) == nil)
        #expect(client.quiet(at: entered + .seconds(1000)) != nil)
        // A beat is a word.
        #expect(becomes { client.quiet(at: entered + patience.quiet) == nil })
    }

    @Test func aClientThatLeftHearsNothing() throws {
        let server = try ClassroomServer.open()
        let client = try server.follow()
        client.close()
        client.close()
        #expect(becomes { server.audience.followers == 0 })
        server.publish([1], .state)
        server.close()
        #expect(client.events() == [])
    }

    @Test func whoIsForgottenLeaves() throws {
        let server = try ClassroomServer.open()
        do { _ = try server.follow() }
        #expect(becomes { server.audience.followers == 0 })
    }

    @Test func pausesGrowAndAreBounded() {
        let patience = Patience()
        for attempt in 0..<100 {
            let whole = min(Duration.milliseconds(250) * (1 << min(attempt, 10)), .seconds(8))
            let pause = patience.pause(before: attempt, after: .connectionLost)
            #expect(pause >= whole / 2 && pause <= whole)
        }
        #expect(patience.pause(before: 0, after: .tooManyTries(.seconds(33))) == .seconds(33))
    }
}
