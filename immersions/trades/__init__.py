"""What leads to what: the page of a training with the immersions to try it, the page of a trade with both."""
