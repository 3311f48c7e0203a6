"""The page of the documentation that lists where Taro's tags and Taro's code disagree about who has what."""
