/// A queue: first in, first out. Both operations O(1) amortised.
struct FIFO<Element> {
    private var items: [Element?] = []
    private var head = 0

    var count: Int { items.count - head }

    mutating func append(_ element: Element) { items.append(element) }

    mutating func popFirst() -> Element? {
        guard head < items.count else { return nil }
        let first = items[head]
        items[head] = nil
        head += 1
        if head >= 32, head * 2 >= items.count {
            items.removeFirst(head)
            head = 0
        }
        return first
    }
}
