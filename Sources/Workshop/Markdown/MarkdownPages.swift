import TerminalKit

extension MarkdownRenderer {
    /// The blocks in pages of at most so many lines.
    ///
    /// A paragraph, a table or an item of a list that fits on a page is not torn apart, and a line that announces what
    /// follows (a heading, a text that ends with a colon) goes with it. At least one page.
    public func pages(_ blocks: [MarkdownBlock], height: Int) -> [[StyledText]] {
        Self.pages(groups(blocks), height: height)
    }

    static func pages(_ groups: [Group], height: Int) -> [[StyledText]] {
        let height = max(1, height)
        var pages: [[StyledText]] = []
        var page: [StyledText] = []
        for (index, group) in groups.enumerated() {
            let gap = group.isApart && !page.isEmpty ? 1 : 0
            if !page.isEmpty, page.count + gap + needed(groups, from: index, height: height) > height {
                pages.append(page)
                page = []
            }
            if group.isApart, !page.isEmpty { page.append(StyledText()) }
            for line in group.lines {
                if page.count == height {
                    pages.append(page)
                    page = []
                }
                page.append(line)
            }
        }
        if !page.isEmpty || pages.isEmpty { pages.append(page) }
        return pages
    }

    /// Lines that have to stay together from a group on; a group higher than a page can begin anywhere.
    private static func needed(_ groups: [Group], from index: Int, height: Int) -> Int {
        var lines = groups[index].lines.count
        guard lines <= height else { return 1 }
        if groups[index].leads, index + 1 < groups.count {
            let together = lines + (groups[index + 1].isApart ? 1 : 0) + groups[index + 1].lines.count
            if together <= height { lines = together }
        }
        return lines
    }
}
