"""The sections of an explanation, each as sentences that can be said in any language."""
