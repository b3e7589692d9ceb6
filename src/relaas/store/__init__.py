"""The store: Store, its Writer and its View; only this folder knows SQL."""
