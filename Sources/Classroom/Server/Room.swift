import NIOCore

/// The classroom as the network thread has it; no other thread touches it.
final class Room {
    let limits: Limits
    private let codes: Codes
    private let handover: Handover
    private var attempts: Attempts
    /// The newest of each topic, for those who come late.
    private var newest: [Topic: ByteBuffer] = [:]
    /// At the door, in the order in which they came.
    private var guests: [Member] = []
    private var members: [ObjectIdentifier: Member] = [:]
    private var lastBeat = NIODeadline.now()
    private var looking: Ticker?
    private var isClosed = false

    init(codes: Codes, limits: Limits, handover: Handover) {
        self.codes = codes
        self.limits = limits
        self.handover = handover
        attempts = Attempts(limits)
    }

    func open(on loop: any EventLoop) {
        looking = Ticker(on: loop, every: limits.look) { [weak self] in self?.look(at: .now()) }
    }

    func close() {
        isClosed = true
        looking?.stop()
        for guest in guests { guest.leave() }
        for member in members.values { member.sayGoodbye() }
    }

    // MARK: Coming and going

    func arrived(_ guest: Member) {
        if isClosed { return guest.leave() }
        if guests.count >= limits.guests { makeRoomAtTheDoor() }
        guests.append(guest)
    }

    /// The address that crowds the door loses the one who has stood there longest.
    private func makeRoomAtTheDoor() {
        var crowd: [Address: Int] = [:]
        for guest in guests { crowd[guest.address, default: 0] += 1 }
        let most = crowd.values.max()
        guard let guest = guests.first(where: { crowd[$0.address] == most }) else { return }
        refused()
        forget(guest)
        guest.refuse(.full)
    }

    /// Lets somebody in, or says why not.
    func answer(_ hello: Hello, of guest: Member, at now: NIODeadline) -> Refusal? {
        let refusal = refusal(hello, from: guest.address, at: now)
        if let refusal {
            refused()
            return refusal
        }
        forget(guest)
        members[ObjectIdentifier(guest)] = guest
        count(hello.role, 1)
        return nil
    }

    private func refusal(_ hello: Hello, from address: Address, at now: NIODeadline) -> Refusal? {
        if hello.version != Greeting.version { return .version }
        if let pause = attempts.pause(for: address, at: now) {
            return .tooManyTries(UInt32(clamping: pause.nanoseconds / 1_000_000))
        }
        guard codes.accept(hello.code, as: hello.role) else {
            attempts.failed(address, at: now)
            return .wrongCode
        }
        attempts.succeeded(address)
        // The presenter's second screen has its own places: a full classroom does not lock it out.
        let audience = handover.audience
        let present = hello.role == .notes ? audience.notes : audience.followers
        return present < limits.members ? nil : .full
    }

    /// What somebody who is let in has to know at once.
    func news(for role: Role) -> [(topic: Topic, bytes: ByteBuffer)] {
        Topic.allCases.filter(role.hears).compactMap { topic in newest[topic].map { (topic, $0) } }
    }

    /// Somebody is not there any more.
    func left(_ member: Member, as role: Role?, isDropped: Bool) {
        guard let role else { return forget(member) }
        members[ObjectIdentifier(member)] = nil
        count(role, -1)
        if isDropped { handover.count { $0.dropped += 1 } }
    }

    /// Somebody at the door is not let in.
    func refused() { handover.count { $0.refused += 1 } }

    private func forget(_ guest: Member) { guests.removeAll { $0 === guest } }

    private func count(_ role: Role, _ change: Int) {
        handover.count {
            if role == .notes { $0.notes += change } else { $0.followers += change }
        }
    }

    // MARK: What is said

    /// Passes on what the presenter has left.
    func deliver() {
        for (topic, bytes) in handover.take() {
            let encoded = Frame(Frame.Kind(topic), bytes).encoded
            newest[topic] = encoded
            for member in members.values { member.tell(encoded, topic) }
        }
    }

    /// Sends away who has to go, and tells the others that somebody is there.
    private func look(at now: NIODeadline) {
        for guest in guests where now - guest.since > TimeAmount(limits.handshake) {
            refused()
            guest.leave()
        }
        for member in members.values where !member.isWell(at: now) { member.drop() }
        guard now - lastBeat >= TimeAmount(limits.beat) else { return }
        lastBeat = now
        let beat = Frame(.beat).encoded
        for member in members.values { member.tell(beat, nil) }
    }
}
