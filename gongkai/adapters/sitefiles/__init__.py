"""The public site as files: one tree of pages with what is packed beside them, written whole.

`trees.Trees` keeps the trees and says which one is served; `tree.Tree` writes one; `serving`
answers from it where no nginx stands before us; `crew` shares work among processes. The do-nothing
twin is `trees.NoTrees`: with it every page is made when it is asked for.
"""
