"""What learns from people's answers, over the twins of a house."""

from deskhand.adapters.memory.articles import MemoryArticles
from deskhand.jobs.learn import LearnRoutes
from deskhand.ports import ArticleShelf, Reindexing
from tests.memory_house import MemoryHouse


def learning_of(house: MemoryHouse, documents: ArticleShelf, reindexing: Reindexing) -> LearnRoutes:
    return LearnRoutes(
        proposals=MemoryArticles(),
        documents=documents,
        reindexing=reindexing,
        conversations=house.conversations,
        helpdesk=lambda _name: house.desk,
        audit=house.audit,
        policy=house.policy,
        clock=house.clock,
    )
