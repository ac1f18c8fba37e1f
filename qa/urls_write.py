"""Pages and acts that write."""

from django.urls import path

from community.core import converters  # noqa: F401  registers <pk:…>

from .views import answer, ask, comment, edit, exchange, mentions, state, vote

QUESTION, ANSWER, COMMENT = ({"kind": kind} for kind in ("question", "answer", "comment"))

write_patterns = [
    path("poser/", ask.question_ask, name="question_ask"),
    path("poser/apercu/", ask.question_preview, name="question_preview"),
    path("poser/modeles/", ask.question_templates, name="question_templates"),
    path("poser/proches/", ask.question_similar, name="question_similar"),
    path("poser/audience/", ask.question_audience, name="question_audience"),
    path("mentions/", mentions.mention_suggest, name="mention_suggest"),
    path("echange/<pk:pk>/", exchange.exchange_detail, name="exchange_detail"),
    path("echange/<slug:kind>/<pk:pk>/", exchange.content_exchange, name="content_exchange"),
    path("version/<pk:pk>/masquer/", state.revision_hide, name="revision_hide"),
    path("version/<pk:pk>/retablir/", state.revision_restore, name="revision_restore"),
    path("doute/<pk:pk>/lever/", answer.doubt_settle, name="doubt_settle"),
    path("<pk:pk>/repondre/", answer.answer_post, name="answer_post"),
    path("<pk:pk>/commenter/", comment.question_comment, name="question_comment"),
    path("<pk:pk>/commentaire/", comment.comment_post, name="comment_post"),
    path("<pk:pk>/utile/", vote.question_vote, name="question_vote"),
    path("<pk:pk>/meme-besoin/", vote.same_need_toggle, name="same_need_toggle"),
    path("<pk:pk>/modifier/", edit.question_edit, name="question_edit"),
    path("<pk:pk>/publier/", ask.question_publish, name="question_publish"),
    path("<pk:pk>/clore/", state.question_close, name="question_close"),
    path("<pk:pk>/rouvrir/", state.question_reopen, name="question_reopen"),
    path("<pk:pk>/doublon/", state.question_duplicate, name="question_duplicate"),
    path("<pk:pk>/separer/", state.question_unduplicate, name="question_unduplicate"),
    path("<pk:pk>/deplacer/", state.question_move, name="question_move"),
    path("<pk:pk>/epingler/", state.question_pin, name="question_pin"),
    path("<pk:pk>/desepingler/", state.question_unpin, name="question_unpin"),
    path("<pk:pk>/masquer/", state.post_hide, QUESTION, name="question_hide"),
    path("<pk:pk>/retablir/", state.post_restore, QUESTION, name="question_restore"),
    path("<pk:pk>/supprimer/", state.post_delete, QUESTION, name="question_delete"),
    path("<pk:pk>/collectif/", state.post_wiki, QUESTION, name="question_wiki"),
    path("<pk:pk>/echange/", exchange.post_exchange, QUESTION, name="question_exchange"),
    path("reponse/<pk:pk>/commenter/", comment.answer_comment, name="answer_comment"),
    path("reponse/<pk:pk>/utile/", vote.answer_vote, name="answer_vote"),
    path("reponse/<pk:pk>/modifier/", edit.answer_edit, name="answer_edit"),
    path("reponse/<pk:pk>/retenir/", answer.answer_accept, name="answer_accept"),
    path("reponse/<pk:pk>/ne-plus-retenir/", answer.answer_unaccept, name="answer_unaccept"),
    path("reponse/<pk:pk>/avis/", answer.answer_endorse, name="answer_endorse"),
    path("reponse/<pk:pk>/retirer-mon-avis/", answer.answer_unendorse, name="answer_unendorse"),
    path("reponse/<pk:pk>/a-verifier/", answer.answer_doubt, name="answer_doubt"),
    path("reponse/<pk:pk>/masquer/", state.post_hide, ANSWER, name="answer_hide"),
    path("reponse/<pk:pk>/retablir/", state.post_restore, ANSWER, name="answer_restore"),
    path("reponse/<pk:pk>/supprimer/", state.post_delete, ANSWER, name="answer_delete"),
    path("reponse/<pk:pk>/collectif/", state.post_wiki, ANSWER, name="answer_wiki"),
    path("reponse/<pk:pk>/echange/", exchange.post_exchange, ANSWER, name="answer_exchange"),
    path("commentaire/<pk:pk>/modifier/", comment.comment_edit, name="comment_edit"),
    path("commentaire/<pk:pk>/supprimer/", comment.comment_delete, name="comment_delete"),
    path("commentaire/<pk:pk>/en-reponse/", comment.comment_promote, name="comment_promote"),
    path("commentaire/<pk:pk>/masquer/", state.post_hide, COMMENT, name="comment_hide"),
    path("commentaire/<pk:pk>/retablir/", state.post_restore, COMMENT, name="comment_restore"),
]
