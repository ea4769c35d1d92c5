import Testing

@testable import Classroom

/// Whatever somebody sends, it ends that connection and nothing else.
@Suite struct HostileTests {
    static let garbage: [[UInt8]] = [
        [0, 0, 0, 0],
        [0xff, 0xff, 0xff, 0xff],
        Array("GET / HTTP/1.1\r\nHost: ensayo\r\n\r\n".utf8),
        // The first bytes of a TLS 1.2 hello.
        [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03],
        Array("SSH-2.0-OpenSSH_9.6\r\n".utf8),
        [0, 0, 0, 1, 99],
        // A beat, a welcome and a topic before any hello; a hello without its magic; one with a role that is none.
        [0, 0, 0, 1, 5],
        Array(Greeting.welcome.encoded.readableBytesView),
        [0, 0, 0, 3, 17, 1, 2],
        [0, 0, 0, 5, 1, 1, 2, 3, 4],
        Array(Frame(.hello, Greeting.magic + [Greeting.version, 7]).encoded.readableBytesView),
    ]

    @Test(arguments: garbage)
    func garbageAtTheDoorEndsThatConnection(bytes: [UInt8]) throws {
        let server = try ClassroomServer.open()
        let client = try server.follow()
        let peer = try #require(RawPeer(port: server.port))
        peer.say(bytes)
        #expect(peer.hearAll() == [])
        #expect(becomes { server.audience.refused == 1 })
        server.publish([1], .state)
        #expect(client.hears([1], .state))
    }

    @Test(arguments: garbage)
    func garbageFromInsideEndsThatConnection(bytes: [UInt8]) throws {
        // Who is in may say that it is there.
        if bytes == [0, 0, 0, 1, 5] { return }
        let server = try ClassroomServer.open()
        let client = try server.follow()
        let peer = try #require(server.follower())
        #expect(becomes { server.audience.followers == 2 })
        peer.say(bytes)
        #expect(becomes { server.audience.dropped == 1 })
        #expect(becomes { server.audience.followers == 1 })
        server.publish([1], .state)
        #expect(client.hears([1], .state))
    }

    @Test func whoFloodsWithPermittedWordsHasToGo() throws {
        let server = try ClassroomServer.open()
        let peer = try #require(server.follower())
        #expect(becomes { server.audience.followers == 1 })
        let beats = Array(repeating: Array(Frame(.beat).encoded.readableBytesView), count: 4096).flatMap { $0 }
        for _ in 0..<100 {
            if !peer.say(beats) { break }
        }
        #expect(becomes { server.audience.dropped == 1 })
    }

    @Test func whoNeverFinishesItsHelloHasToGo() throws {
        let server = try ClassroomServer.open { $0.handshake = .milliseconds(30) }
        let code = Array(server.codes.follower.utf8)
        let hello = Array(Hello(role: .follower, code: code).frame.encoded.readableBytesView)
        let peers = (0..<hello.count).compactMap { count in
            let peer = RawPeer(port: server.port)
            peer?.say(Array(hello[..<count]))
            return peer
        }
        #expect(peers.count == hello.count)
        for peer in peers { #expect(peer.hearAll() == []) }
        #expect(becomes { server.audience.refused == peers.count })
    }

    @Test func whoCrowdsTheDoorKeepsNobodyOut() throws {
        let server = try ClassroomServer.open {
            $0.guests = 8
            $0.handshake = .seconds(3600)
        }
        let crowd = (0..<100).compactMap { _ in RawPeer(port: server.port) }
        #expect(crowd.count == 100)
        let client = try server.follow()
        server.publish([1], .state)
        #expect(client.hears([1], .state))
        #expect(server.audience.refused >= 92)
    }

    @Test func aStalledFollowerCostsTheOthersNothingAndHasToGo() throws {
        let server = try ClassroomServer.open { $0.stall = .seconds(1) }
        let stalled = try #require(server.follower(receiveBuffer: 4096))
        let client = try server.follow()
        #expect(becomes { server.audience.followers == 2 })
        var round: UInt8 = 0
        // More than the system holds for somebody who does not read.
        while server.audience.dropped == 0, round < 200 {
            round += 1
            let lesson = [UInt8](repeating: round, count: 1 << 20)
            server.publish(lesson, .lesson)
            #expect(client.hears(lesson, .lesson))
        }
        #expect(becomes { server.audience.dropped == 1 })
        #expect(becomes { server.audience.followers == 1 })
        _ = stalled.hear()
    }

    @Test func whoSaysNothingForLongIsGone() throws {
        let server = try ClassroomServer.open {
            $0.silence = .seconds(1)
            $0.beat = .milliseconds(20)
        }
        let peer = try #require(server.follower())
        let client = try server.follow { $0.beat = .milliseconds(5) }
        #expect(becomes { server.audience.dropped >= 1 })
        #expect(peer.hearAll().isEmpty == false)
        #expect(becomes { server.audience.followers == 1 })
        client.close()
    }

    @Test func aSlowReaderGetsWholeMessagesAndTheNewest() throws {
        let server = try ClassroomServer.open()
        let peer = try #require(server.follower(receiveBuffer: 4096))
        #expect(becomes { server.audience.followers == 1 })
        for round in 0..<40 { server.publish([UInt8](repeating: UInt8(round), count: 1 << 20), .state) }
        var decoder = Reassembler()
        var last: Frame?
        var count = 0
        while last?.body.readableBytesView.first != 39, case let bytes = peer.hear(), !bytes.isEmpty {
            for frame in try decoder.frames(bytes) where frame.kind == .state {
                let body = Array(frame.body.readableBytesView)
                #expect(body == [UInt8](repeating: body[0], count: 1 << 20))
                last = frame
                count += 1
            }
        }
        #expect(last?.body.readableBytesView.first == 39)
        #expect(count < 40)
    }

    @Test func aClassroomThatIsNoneIsCalledSo() throws {
        for words in Self.garbage where words != Array(Greeting.welcome.encoded.readableBytesView) {
            let stranger = RawServer()
            stranger.answer(words)
            let reason = failure {
                _ = try ClassroomClient(host: "127.0.0.1", port: stranger.port, code: "X", role: .follower)
            }
            #expect(reason == .notAClassroom, "\(words)")
        }
    }
}
